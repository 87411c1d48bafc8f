import css from "./Spinner.module.css";

/** Something is under way. Decorative without a label. */
export function Spinner({ label }: { label?: string }) {
  if (label === undefined) return <span className={css.spinner} aria-hidden="true" />;
  return (
    <span role="status" className={css.row}>
      <span className={css.spinner} aria-hidden="true" />
      {label}
    </span>
  );
}
