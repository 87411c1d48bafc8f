import type { ReactNode } from "react";

import css from "./MoreMatches.module.css";

interface MoreMatchesProps {
  pages: { truncated?: boolean }[];
  children: ReactNode;
}

/** Below what a search has found: says so where the server has not looked at everything. */
export function MoreMatches({ pages, children }: MoreMatchesProps) {
  return pages.some((page) => page.truncated) && <p className={css.note}>{children}</p>;
}
