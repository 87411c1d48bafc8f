import type { ReactNode } from "react";

import css from "./EmptyState.module.css";

/** What stands where there is nothing (or something went wrong): a quiet icon, a sentence, perhaps a way on. */
export function EmptyState({
  icon,
  title,
  children,
  action,
  alert = false,
}: {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  /** Announce it: something went wrong. */
  alert?: boolean;
}) {
  return (
    <div className={css.empty} role={alert ? "alert" : undefined}>
      {icon && (
        <span className={css.icon} aria-hidden="true">
          {icon}
        </span>
      )}
      <p className={css.title}>{title}</p>
      {children && <p className={css.text}>{children}</p>}
      {action}
    </div>
  );
}
