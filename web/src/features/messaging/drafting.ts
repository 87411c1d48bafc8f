import { useState } from "react";

import { useAccount, type Account } from "../../data/account";

const EDIT = "counterline:edit";

export const conversationPlace = (id: string) => `conversation:${id}`;
export const startPlace = (orderId: string) => `start:${orderId}`;

/** The text being written at a place, kept until it is sent. */
export function useDraft(place: string): [string, (text: string) => void] {
  const { drafts } = useAccount();
  const [text, setText] = useState(() => drafts.get(place));
  const change = (next: string) => {
    setText(next);
    drafts.set(place, next);
  };
  return [text, change];
}

/** Puts a text back into the composer, below what may stand there. */
export function editDraft(account: Account, conversationId: string, body: string): void {
  const place = conversationPlace(conversationId);
  account.drafts.set(place, [account.drafts.get(place), body].filter(Boolean).join("\n"));
  window.dispatchEvent(new CustomEvent(EDIT, { detail: place }));
}

/** Calls back when a text was put back into the composer of this place. */
export function onEdit(place: string, changed: () => void): () => void {
  const listen = (event: Event) => (event as CustomEvent<string>).detail === place && changed();
  window.addEventListener(EDIT, listen);
  return () => window.removeEventListener(EDIT, listen);
}
