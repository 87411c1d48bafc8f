/** The page of an invitation: `/invite#<token>` (H5, H6). It keeps nothing but that this browser gave an address. */
import "../design/tokens.css";
import "../design/base.css";
import "./invite.css";
import { element } from "../chat/elements";
import { accept, open, Refusal, type InvitePage, type Typed } from "./api";
import { Form } from "./form";
import { viewOf, whatsappLink, type View } from "./states";
import { strings } from "./strings";

const TOKEN = /^[0-9A-Za-z]{22}$/;
const RETRY_MS = 3_000;
const LOOK_MS = 4_000;
/** Nobody looks at a phone for longer; after that the page asks when it is looked at again. */
const LONGEST_WAIT_MS = 15 * 60_000;
const MINE = "invite-asked";

class Invitation {
  private mine = remembered();
  private wantsForm = false;
  private shown: View | "" = "";
  private waitsSince = 0;

  constructor(
    private readonly root: HTMLElement,
    private readonly token: string,
  ) {
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && (this.shown === "sent" || this.shown === "failed")) void this.look();
    });
  }

  async look(): Promise<void> {
    try {
      this.show(await open(this.token));
    } catch (error) {
      const code = error instanceof Refusal ? error.code : "";
      if (code === "chat_unavailable" || code === "invalid_input")
        return say(this.root, strings.unknownTitle, [strings.unknown]);
      if (this.shown === "") say(this.root, strings.offlineTitle, [strings.offline]);
      setTimeout(() => void this.look(), RETRY_MS);
    }
  }

  private show(page: InvitePage): void {
    const view = viewOf(page, this.mine, this.wantsForm);
    if (view === "sent" && this.waitsSince === 0) this.waitsSince = Date.now();
    if (view === "sent" && !document.hidden && Date.now() - this.waitsSince < LONGEST_WAIT_MS)
      setTimeout(() => void this.look(), LOOK_MS);
    if (view === this.shown) return;
    this.shown = view;
    if (view === "form") return this.form(page);
    const channel = page.asked_channel ?? "sms";
    const phone = element("p", {}, `${strings.call} `, element("a", { href: `tel:${page.phone}` }, page.phone));
    const [title, line] = {
      sent: [strings.sentTitle[channel], strings.sent[channel]],
      failed: [strings.failedTitle, strings.failed[channel]],
      done: [strings.doneTitle, strings.done(page.associate)],
      used: [strings.usedTitle, strings.used],
      expired: [strings.expiredTitle, strings.askAnew],
      revoked: [strings.revokedTitle, strings.askAnew],
    }[view];
    const more: Node[] = [];
    if (view === "sent" && page.write_to !== "") {
      more.push(element("p", { class: "word" }, page.word));
      const attributes = {
        class: "go",
        href: whatsappLink(page.write_to, page.word),
        target: "_blank",
        rel: "noopener noreferrer",
      };
      more.push(element("a", attributes, strings.openWhatsapp));
    }
    if (view === "sent") more.push(element("p", { class: "quiet" }, strings.waiting));
    if ((view === "sent" || view === "failed") && page.can_ask) more.push(this.another(page));
    if (view !== "sent" && view !== "done") more.push(phone);
    say(this.root, title ?? "", [line ?? ""], more, page.store);
  }

  private form(page: InvitePage): void {
    if (!page.can_ask) return say(this.root, strings.noTriesTitle, [strings.askAnew], [], page.store);
    const form: Form = new Form(page, (typed) => void this.submit(typed, form));
    const title = strings.title(page.store);
    document.title = title;
    const words = [element("h1", {}, title), element("p", {}, strings.intro(page.associate))];
    this.root.replaceChildren(element("main", { class: "card" }, ...words, form.root));
  }

  private async submit(typed: Typed, form: Form): Promise<void> {
    form.busy(true);
    try {
      const page = await accept(this.token, typed);
      this.mine = true;
      this.wantsForm = false;
      this.waitsSince = 0;
      remember();
      this.show(page);
    } catch (error) {
      form.refused(error instanceof Refusal ? error.code : "");
    }
  }

  private another(page: InvitePage): HTMLElement {
    const button = element("button", { type: "button", class: "plain" }, strings.another);
    button.addEventListener("click", () => {
      this.wantsForm = true;
      this.show(page);
    });
    return button;
  }
}

/** A few words, announced; with the store above them where it is known. */
function say(root: HTMLElement, title: string, lines: string[], more: Node[] = [], store = ""): void {
  document.title = title;
  const words = [element("h1", {}, title), ...lines.map((line) => element("p", {}, line))];
  const above = store === "" ? [] : [element("p", { class: "store" }, store)];
  root.replaceChildren(
    element("main", { class: "card" }, ...above, element("div", { role: "status" }, ...words), ...more),
  );
}

function remembered(): boolean {
  try {
    return sessionStorage.getItem(MINE) === location.hash;
  } catch {
    return false; // switched off
  }
}

function remember(): void {
  try {
    sessionStorage.setItem(MINE, location.hash);
  } catch {
    // switched off: after a reload the page says less
  }
}

const root = document.getElementById("root");
if (root) {
  const token = location.hash.slice(1);
  say(root, strings.opening, []);
  if (TOKEN.test(token)) void new Invitation(root, token).look();
  else say(root, strings.unknownTitle, [strings.unknown]);
  window.addEventListener("hashchange", () => location.reload());
}
