import { Eye, PenLine } from "lucide-react";
import { useCallback, useSyncExternalStore } from "react";

import { useAccount } from "../../data/account";
import { strings } from "../../strings";
import css from "./ConversationItem.module.css";

/** In a row of the list: colleagues who have the conversation open, as far as this browser has been told (X16). */
export function RowPresence({ id }: { id: string }) {
  const { presence } = useAccount().sync;
  const people = useSyncExternalStore(
    presence.subscribe,
    useCallback(() => presence.of(id), [presence, id]),
  );
  const writing = people.filter((person) => person.writing);
  const shown = writing.length > 0 ? writing : people;
  if (shown.length === 0) return null;
  const Icon = writing.length > 0 ? PenLine : Eye;
  const say = writing.length > 0 ? strings.presence.writing : strings.presence.looking;
  const label = say(shown.map((person) => person.name.split(" ")[0] ?? ""));
  return (
    <Icon
      size={14}
      role="img"
      aria-label={label}
      aria-hidden={false}
      className={css.looking}
      data-testid="row-presence"
    >
      <title>{label}</title>
    </Icon>
  );
}
