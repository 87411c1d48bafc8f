import css from "./Logo.module.css";

/** The mark. Decorative: the name stands beside it. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="9" className={css.ground} />
      <path
        className={css.bubble}
        d="M9 9.5h14a2.5 2.5 0 0 1 2.5 2.5v7a2.5 2.5 0 0 1-2.500 2.500h-7.200L11 25.200v-3.700H9A2.500 2.500 0 0 1 6.500 19v-7A2.500 2.500 0 0 1 9 9.500Z"
      />
      <path className={css.line} d="M11 15.500h10" />
    </svg>
  );
}
