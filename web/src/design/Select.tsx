import type { ReactNode } from "react";

import { classes } from "./classes";
import css from "./Select.module.css";

/** The browser's own select, which every keyboard and screen reader knows. */
export function Select({
  label,
  hideLabel = false,
  value,
  onChange,
  quiet = false,
  children,
}: {
  label: string;
  hideLabel?: boolean;
  value: string;
  onChange: (value: string) => void;
  /** Without a frame, for narrow places. */
  quiet?: boolean;
  children: ReactNode;
}) {
  return (
    <label className={css.field}>
      <span className={hideLabel ? "visually-hidden" : css.label}>{label}</span>
      <select
        className={classes(css.select, quiet && css.quiet)}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        {children}
      </select>
    </label>
  );
}
