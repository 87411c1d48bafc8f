/** The messages as bubbles, with lines between days and before what is new. */
import { withLinks } from "../domain/links";
import { clockTime, dateAndTime, dayLabel, dayOf, type Zone } from "../domain/times";
import type { ChatMessage } from "./api";
import { pending, type Conversation, type Outgoing } from "./conversation";
import { productCard } from "./card";
import { arrange, element } from "./elements";
import { pictures, type LinksOf } from "./pictures";
import { strings } from "./strings";

const zone: Zone = { timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone };
const TOGETHER_MS = 300_000;
const NEAR_PX = 120;
/** Up to six emoji and nothing else are shown large. */
const EMOJI_ONLY = /^(?:\p{Extended_Pictographic}[\p{Emoji_Modifier}\uFE0F\u200D]*){1,6}$/u;

export class Log {
  readonly list = element("div", { class: "log", role: "log", "aria-label": strings.log, tabindex: "0" });
  private readonly known = new Map<string, { shape: string; node: HTMLDivElement }>();

  constructor(
    private readonly onRetry: (key: string) => void,
    private readonly onOlder: () => void,
    private readonly linksOf: LinksOf,
  ) {}

  /** True while the newest is in sight. */
  get isAtEnd(): boolean {
    const { scrollHeight, scrollTop, clientHeight } = this.list;
    return scrollHeight - scrollTop - clientHeight < NEAR_PX;
  }

  toEnd(): void {
    this.list.scrollTop = this.list.scrollHeight;
  }

  render(conversation: Conversation): void {
    const before = this.list.scrollHeight;
    const first = this.list.querySelector<HTMLElement>("[data-id]")?.dataset.id;
    arrange(this.list, [...this.rows(conversation)]);
    const grewAbove = first !== undefined && this.list.querySelector<HTMLElement>("[data-id]")?.dataset.id !== first;
    if (grewAbove) this.list.scrollTop += this.list.scrollHeight - before;
  }

  private *rows(conversation: Conversation): Generator<HTMLDivElement> {
    const { messages } = conversation;
    const outgoing = pending(conversation);
    if (conversation.older !== null) yield this.made("older", "", () => this.olderButton());
    if (messages.length + outgoing.length === 0) yield this.made("empty", "", () => notice(strings.empty));
    let last: { at: number; mine: boolean; author: string } | undefined;
    const lastMine = messages.findLast(({ mine }) => mine)?.id;
    for (const message of messages) {
      yield* this.separators(message.created_at, last?.at);
      if (message.id === conversation.firstUnread) yield this.made("unread", "", () => line(strings.unread, "unread"));
      const follows = last !== undefined && continues(last, message);
      const isLast = message.id === lastMine && outgoing.length === 0;
      const shape = `${follows} ${isLast}`;
      yield this.made(message.id, shape, () => bubble(message, conversation.store, follows, isLast, this.linksOf));
      last = { at: message.created_at, mine: message.mine, author: message.author };
    }
    for (const entry of outgoing) {
      yield* this.separators(entry.at, last?.at);
      yield this.made(entry.key, entry.state, () => this.pending(entry));
      last = { at: entry.at, mine: true, author: "" };
    }
  }

  private *separators(at: number, before: number | undefined): Generator<HTMLDivElement> {
    if (before !== undefined && dayOf(before, zone) === dayOf(at, zone)) return;
    const label = dayLabel(at, Date.now(), zone, strings);
    yield this.made(`day ${dayOf(at, zone)}`, label, () => line(label, "day"));
  }

  /** The node of a row; made anew only when it looks different. */
  private made(id: string, shape: string, make: () => HTMLDivElement): HTMLDivElement {
    const known = this.known.get(id);
    if (known?.shape === shape) return known.node;
    const node = make();
    this.known.set(id, { shape, node });
    return node;
  }

  private pending(entry: Outgoing): HTMLDivElement {
    const row = element("div", { class: "message mine", "data-testid": "chat-message", "data-state": entry.state });
    row.append(element("p", { class: "visually-hidden" }, strings.you));
    if (entry.pictures?.length) row.append(element("p", { class: "bubble" }, strings.pictures(entry.pictures.length)));
    if (entry.body !== "") row.append(words(entry.body));
    const foot = element("p", { class: "foot" });
    if (entry.state === "failed") {
      const again = element("button", { type: "button", class: "retry" }, strings.retry);
      again.addEventListener("click", () => this.onRetry(entry.key));
      foot.append(element("span", { class: "failed" }, strings.failed), " ", again);
    } else foot.append(entry.state === "sending" ? strings.sending : strings.waiting);
    row.append(foot);
    return row;
  }

  private olderButton(): HTMLDivElement {
    const button = element("button", { type: "button", class: "older" }, strings.older);
    button.addEventListener("click", () => this.onOlder());
    return element("div", { class: "line" }, button);
  }
}

function continues(last: { at: number; mine: boolean; author: string }, message: ChatMessage): boolean {
  return last.mine === message.mine && last.author === message.author && message.created_at - last.at < TOGETHER_MS;
}

function bubble(
  message: ChatMessage,
  store: string,
  follows: boolean,
  isLastMine: boolean,
  linksOf: LinksOf,
): HTMLDivElement {
  const side = message.mine ? "mine" : "theirs";
  const row = element("div", {
    class: `message ${side}${follows ? " follows" : ""}`,
    "data-testid": "chat-message",
    "data-id": message.id,
  });
  const author = message.mine ? strings.you : strings.them(message.author, store);
  row.append(element("p", { class: message.mine || follows ? "visually-hidden" : "author" }, author));
  const { card } = message;
  const others = message.pictures.filter(({ id }) => id !== card?.picture_id);
  row.append(...pictures({ ...message, pictures: others }, linksOf));
  const said = card ? card.words : message.body;
  if (said !== "") row.append(words(said));
  if (card) row.append(productCard(message, card, linksOf));
  const time = element("time", { title: dateAndTime(message.created_at, zone) }, clockTime(message.created_at, zone));
  const foot = element("p", { class: "foot" }, time);
  if (isLastMine) foot.append(` · ${strings.sent}`);
  row.append(foot);
  return row;
}

/** Web addresses can be followed; they learn nothing of this page. */
function words(body: string): HTMLParagraphElement {
  const large = EMOJI_ONLY.test(body.trim());
  const made = element("p", { class: large ? "bubble large" : "bubble", dir: "auto" });
  for (const { text, href } of withLinks(body)) {
    const to = { href, target: "_blank", rel: "noopener noreferrer nofollow" };
    made.append(href === undefined ? text : element("a", to, text));
  }
  return made;
}

function line(text: string, kind: string): HTMLDivElement {
  return element("div", { class: `line ${kind}` }, element("span", {}, text));
}

function notice(text: string): HTMLDivElement {
  return element("div", { class: "empty" }, text);
}
