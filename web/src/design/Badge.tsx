import type { ReactNode } from "react";

import css from "./Badge.module.css";
import { classes } from "./classes";

/** A word about the state of something. */
export function Badge({
  tone = "neutral",
  children,
}: {
  tone?: "neutral" | "accent" | "success" | "warning" | "danger";
  children: ReactNode;
}) {
  return <span className={classes(css.badge, css[tone])}>{children}</span>;
}

interface CountProps {
  value: number;
  tone: "unread" | "total" | "due";
  label: string;
  /** Why there may be more than `value`. */
  atLeast?: string | undefined;
}

const TEST_IDS = { unread: "unread-count", total: "unread-total", due: "due-count" };

/** A number in a circle: blue for one conversation's unread (D13), red for a total (D14) and for what is due (H20). */
export function Count({ value, tone, label, atLeast }: CountProps) {
  if (value === 0) return null;
  return (
    <span className={classes(css.count, css[tone])} title={atLeast} data-testid={TEST_IDS[tone]}>
      <span aria-hidden="true">{value > 99 ? "99+" : `${value}${atLeast === undefined ? "" : "+"}`}</span>
      <span className="visually-hidden">{label}</span>
    </span>
  );
}
