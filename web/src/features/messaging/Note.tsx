import { HeartCrack, Info, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

import css from "./Composer.module.css";

interface NoteProps {
  text: string;
  Icon?: LucideIcon;
  children?: ReactNode;
}

/** In place of the box to write in: why there is none. */
export function Note({ text, Icon = Info, children }: NoteProps) {
  return (
    <div className={css.note} data-testid="composer-note">
      <Icon size={18} aria-hidden="true" className={Icon === HeartCrack ? css.heart : undefined} />
      <p>{text}</p>
      {children}
    </div>
  );
}
