import { useState } from "react";

import type { MessageView } from "../../api/types";
import { useMe } from "../../data/queries";
import { colleaguesText, type Seen } from "../../domain/collision";

/** The colleague's text that came last in the conversation, if the last text of ours is a colleague's (X16). */
export function useCollision(messages: MessageView[]): Seen | null {
  const meId = useMe().data?.id;
  const [seen, setSeen] = useState<Seen | null | undefined>();
  const [now] = useState(() => Date.now);
  const current = colleaguesText(messages, meId, seen, now());
  if (current?.id !== seen?.id || seen === undefined) setSeen(current);
  return current;
}
