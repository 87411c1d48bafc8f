import { Eye, PenLine } from "lucide-react";
import { useEffect, useSyncExternalStore } from "react";

import { useAccount } from "../../data/account";
import { strings } from "../../strings";
import css from "./LookingToo.module.css";

/** Above the box to write in: which colleagues have the conversation open, and who of them writes (X16). Nothing moves
 * when they come and go. */
export function LookingToo({ id }: { id: string }) {
  const { presence } = useAccount().sync;
  const people = useSyncExternalStore(presence.subscribe, presence.get);
  useEffect(() => presence.show(id), [presence, id]);
  const writing = people.filter((person) => person.writing);
  const Icon = writing.length > 0 ? PenLine : Eye;
  const say = writing.length > 0 ? strings.presence.writing : strings.presence.looking;
  const names = (writing.length > 0 ? writing : people).map((person) => person.name.split(" ")[0] ?? "");
  return (
    <p className={css.line} role="status" data-testid="looking-too">
      {names.length > 0 && (
        <>
          <Icon size={13} aria-hidden="true" />
          <span>{say(names)}</span>
        </>
      )}
    </p>
  );
}
