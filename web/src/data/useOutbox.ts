import { useMemo, useSyncExternalStore } from "react";

import type { OutboxEntry } from "../outbox/outbox";
import { useAccount } from "./account";

/** The texts of one conversation that the server has not accepted yet. */
export function useOutbox(conversationId: string): OutboxEntry[] {
  const { outbox } = useAccount();
  const entries = useSyncExternalStore(outbox.subscribe, outbox.get);
  return useMemo(() => entries.filter((entry) => entry.conversationId === conversationId), [entries, conversationId]);
}
