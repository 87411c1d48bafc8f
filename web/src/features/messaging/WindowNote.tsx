import { Clock } from "lucide-react";

import type { ConversationView } from "../../api/types";
import { hoursAndMinutes } from "../../domain/freeWindow";
import { useFreeWindow } from "../../hooks/useFreeWindow";
import { strings } from "../../strings";
import css from "./WindowNote.module.css";

const words = strings.freeWindow;

/** Above the box to write in: how long the customer can be answered freely (X9). */
export function WindowNote({ conversation }: { conversation: ConversationView }) {
  const left = useFreeWindow(conversation.free_until);
  if (!left?.isOpen) return null;
  const { hours, minutes } = hoursAndMinutes(left.minutes);
  return (
    <p className={css.left} data-testid="window-left" data-soon={left.minutes <= 60 || undefined}>
      <Clock size={14} aria-hidden="true" />
      {words.left(hours, minutes)}
    </p>
  );
}
