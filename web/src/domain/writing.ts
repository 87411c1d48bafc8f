import type { ConversationView } from "../api/types";

type Refusal = Exclude<ConversationView["state"], "open"> | "opted_out";

/** Why nothing can be sent in a conversation now, neither anew nor again; null where it can. */
export function whyNot({ state, opted_out }: Pick<ConversationView, "state" | "opted_out">): Refusal | null {
  if (opted_out && state === "requested") return "opted_out"; // a block list of the provider's said so
  if (state !== "open") return state;
  return opted_out ? "opted_out" : null;
}

/** Whether it has not ended: it is open, or waits for the customer's yes. */
export function lives({ state }: Pick<ConversationView, "state">): boolean {
  return state === "open" || state === "requested";
}

/** Whether a message of ours that did not arrive can be sent again: while a request waits, only the request (N7). */
export function canSendAgain(conversation: Pick<ConversationView, "state" | "opted_out">, kind: string): boolean {
  const refusal = whyNot(conversation);
  return refusal === null || (refusal === "requested" && kind === "opt_in_request");
}
