import { HeartCrack, Info } from "lucide-react";
import type { ReactNode } from "react";

import css from "./Composer.module.css";

/** In place of the box to write in: why there is none. */
export function Note({ text, optedOut = false, children }: { text: string; optedOut?: boolean; children?: ReactNode }) {
  const Icon = optedOut ? HeartCrack : Info;
  return (
    <div className={css.note} data-testid="composer-note">
      <Icon size={18} aria-hidden="true" className={optedOut ? css.heart : undefined} />
      <p>{text}</p>
      {children}
    </div>
  );
}
