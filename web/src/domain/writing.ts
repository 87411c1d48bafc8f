import type { ConversationView } from "../api/types";

type Refusal = Exclude<ConversationView["state"], "open"> | "opted_out";

/** Why nothing can be sent in a conversation now, neither anew nor again; null where it can. */
export function whyNot({ state, opted_out }: Pick<ConversationView, "state" | "opted_out">): Refusal | null {
  if (state !== "open") return state;
  return opted_out ? "opted_out" : null;
}
