/** What the page shows, worked out from what the server says and whether this browser has given an address. */
import type { InvitePage } from "./api";

export type View = "form" | "sent" | "failed" | "done" | "used" | "expired" | "revoked";

export function viewOf(page: Pick<InvitePage, "state">, mine: boolean, wantsForm: boolean): View {
  switch (page.state) {
    case "revoked":
    case "expired":
      return page.state;
    case "done":
      return mine ? "done" : "used";
    case "sent":
      return mine && !wantsForm ? "sent" : "form";
    case "failed":
      return mine && !wantsForm ? "failed" : "form";
    case "open":
      return "form";
  }
}

/** Where the customer writes the page's word first: `wa.me` takes digits only. */
export function whatsappLink(number: string, word: string): string {
  return `https://wa.me/${number.replace(/\D/g, "")}?text=${encodeURIComponent(word)}`;
}
