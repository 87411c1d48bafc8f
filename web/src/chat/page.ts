/** The page around the messages: whose chat it is, what is wrong with the network, and the end (D19). */
import { Composer } from "./composer";
import type { Network } from "./controller";
import { pending, type Conversation } from "./conversation";
import { arrange, element } from "./elements";
import { Log } from "./log";
import type { LinksOf } from "./pictures";
import { strings } from "./strings";
import type { Tray } from "./tray";

interface PagePorts {
  write: (body: string, pictures: string[]) => void;
  retry: (key: string) => void;
  older: () => void;
  linksOf: LinksOf;
  tray: Tray;
}

export class Page {
  private readonly log: Log;
  private readonly composer: Composer;
  private readonly name = element("h1", { class: "name" });
  private readonly initial = element("span", { class: "initial", "aria-hidden": "true" });
  private readonly about = element("h2", { class: "sub" });
  private readonly status = element("p", { class: "status", role: "status" });
  private readonly below = element("button", { type: "button", class: "below", hidden: true }, strings.newBelow);
  private readonly foot = element("div", { class: "bottom" });
  private last = "";
  private follows = true;

  constructor(
    private readonly root: HTMLElement,
    ports: PagePorts,
  ) {
    this.log = new Log(ports.retry, ports.older, ports.linksOf);
    this.composer = new Composer(ports.tray, (body, pictures) => {
      ports.write(body, pictures);
      this.log.toEnd();
    });
    this.below.addEventListener("click", () => this.log.toEnd());
    this.log.list.addEventListener("scroll", () => {
      this.follows = this.log.isAtEnd;
      if (this.follows) this.below.hidden = true;
    });
    // The keyboard opens, or the box grows: whoever was at the end stays there.
    new ResizeObserver(() => {
      if (this.follows) this.log.toEnd();
    }).observe(this.log.list);
  }

  render(conversation: Conversation, network: Network): void {
    if (conversation.store === "" && conversation.messages.length === 0) return this.wait(network);
    const wasAtEnd = this.last === "" || this.log.isAtEnd;
    this.head(conversation, network);
    this.log.render(conversation);
    arrange(this.foot, this.bottom(conversation));
    if (this.root.firstChild !== this.header) {
      const main = element("main", { class: "main" }, this.log.list, this.below, this.foot);
      this.root.replaceChildren(this.header, main);
    }
    const last = [...conversation.messages.map(({ id }) => id), ...pending(conversation).map(({ key }) => key)].at(-1);
    if (wasAtEnd) this.log.toEnd();
    else if (last !== this.last) this.below.hidden = false;
    this.last = last ?? "";
  }

  private readonly header = element(
    "header",
    { class: "head" },
    this.initial,
    element("div", { class: "who" }, this.name, this.about, element("p", { class: "sub" }, strings.subtitle)),
    this.status,
  );

  private head({ store, order, messages, seen }: Conversation, network: Network): void {
    this.name.textContent = store;
    this.about.textContent = order === null ? "" : strings.about(order);
    this.about.hidden = order === null;
    this.initial.textContent = store.slice(0, 1);
    const fresh = document.hidden ? messages.filter(({ mine, id }) => !mine && seen !== "" && id > seen).length : 0;
    document.title = fresh > 0 ? `(${fresh}) ${store}` : store;
    const said = network === "fine" ? "" : network === "offline" ? strings.offline : strings.reconnecting;
    if (this.status.textContent !== said) this.status.textContent = said;
  }

  private bottom({ ended, optedOut, store, phone }: Conversation): Node[] {
    if (ended) {
      const call = element("a", { href: `tel:${phone}` }, phone);
      return [element("p", { class: "ended", role: "status" }, `${strings.ended(store)} `, call, ".")];
    }
    if (!optedOut) return [this.composer.form];
    return [element("p", { class: "ended" }, strings.optedOut(store)), this.composer.form];
  }

  private wait(network: Network): void {
    const title = network === "fine" ? strings.opening : strings.unreachableTitle;
    message(this.root, title, network === "fine" ? [] : [strings.unreachable]);
  }
}

/** Nothing but a few words, in the middle. */
export function message(root: HTMLElement, title: string, lines: string[]): void {
  const said = [element("h1", {}, title), ...lines.map((line) => element("p", {}, line))];
  document.title = title;
  root.replaceChildren(element("main", { class: "alone", role: "status" }, ...said));
}

/** A link that opens nothing: guessed, too old, taken back. */
export function shutDoor(root: HTMLElement): void {
  message(root, strings.doorTitle, [strings.door, strings.doorNext]);
}
