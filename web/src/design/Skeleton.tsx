import css from "./Skeleton.module.css";

/** Grey rows in the shape of what is being loaded. */
export function SkeletonRows({ count = 6, label, avatar = true }: { count?: number; label: string; avatar?: boolean }) {
  return (
    <div role="status" className={css.rows}>
      <span className="visually-hidden">{label}</span>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className={css.row} aria-hidden="true">
          {avatar && <span className={css.circle} />}
          <span className={css.lines}>
            <span className={css.line} />
            <span className={css.short} />
          </span>
        </div>
      ))}
    </div>
  );
}
