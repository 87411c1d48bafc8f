/** What the page knows of the conversation. No network, no document: changed by what is passed in. */
import type { ChatMessage, ChatView } from "./api";

/** What the customer wrote and the server does not have yet. The key makes sending again harmless. */
export interface Outgoing {
  key: string;
  body: string;
  at: number;
  /** Ids of pictures that the server has already. */
  pictures?: string[];
  state: "sending" | "waiting" | "failed";
  /** The newest message that was known when it was written. */
  after?: string;
}

export interface Conversation {
  store: string;
  phone: string;
  ended: boolean;
  optedOut: boolean;
  /** The number of the order that it is about. */
  order: string | null;
  messages: ChatMessage[];
  position: string;
  older: string | null;
  outgoing: Outgoing[];
  /** The first message that was not read when it came; a line stands before it. */
  firstUnread: string | null;
  /** The newest message that was on the screen. */
  seen: string;
}

export function blank(seen: string, outgoing: Outgoing[]): Conversation {
  const nothing = { store: "", phone: "", ended: false, optedOut: false, order: null };
  return { ...nothing, position: "", older: null, messages: [], outgoing, firstUnread: null, seen };
}

/** With the newest messages (`fresh`), or with what came later. `isWatched`: the customer looks at the page. */
export function received(known: Conversation, view: ChatView, fresh: boolean, isWatched: boolean): Conversation {
  const messages = merged(known.messages, view.messages);
  const older = fresh && known.messages.length === 0 ? view.older : known.older;
  const { store, phone, ended, opted_out: optedOut, order } = view;
  const next = { ...known, store, phone, ended, optedOut, order };
  const unread =
    known.position !== "" && isWatched ? known.firstUnread : (known.firstUnread ?? firstNew(messages, known));
  return { ...next, messages, older, position: view.position || known.position, firstUnread: unread };
}

export function withOlder(known: Conversation, view: ChatView): Conversation {
  return { ...known, messages: merged(known.messages, view.messages), older: view.older };
}

export function withOutgoing(known: Conversation, entry: Outgoing): Conversation {
  const others = known.outgoing.filter(({ key }) => key !== entry.key);
  return { ...known, outgoing: [...others, entry].sort((a, b) => a.at - b.at), firstUnread: null };
}

/** The server has it. */
export function delivered(known: Conversation, key: string, message: ChatMessage): Conversation {
  const outgoing = known.outgoing.filter((entry) => entry.key !== key);
  return { ...known, outgoing, messages: merged(known.messages, [message]) };
}

/** What is shown as not sent yet: news of a text may come before the answer to the request that sent it. */
export function pending({ messages, outgoing }: Conversation): Outgoing[] {
  const taken = new Set<string>();
  return outgoing.filter(({ after, body, pictures = [], state }) => {
    if (after === undefined || state === "failed") return true;
    const says = (each: ChatMessage) =>
      each.body === body && each.pictures.map(({ id }) => id).join() === pictures.join();
    const itself = messages.find((each) => each.mine && says(each) && each.id > after && !taken.has(each.id));
    if (itself) taken.add(itself.id);
    return itself === undefined;
  });
}

/** The newest message of the store that was not on the screen before; nothing: an empty text. */
export function unseen(known: Conversation): string {
  const last = known.messages.findLast(({ mine }) => !mine);
  return last && last.id > known.seen ? last.id : "";
}

function firstNew(messages: ChatMessage[], { seen }: Conversation): string | null {
  const found = messages.find(({ mine, id }) => !mine && id > seen);
  return seen === "" ? null : (found?.id ?? null);
}

/** Ids are in the order of the conversation. */
function merged(known: ChatMessage[], more: ChatMessage[]): ChatMessage[] {
  const all = new Map([...known, ...more].map((message) => [message.id, message]));
  return [...all.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
