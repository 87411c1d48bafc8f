/** The customers' chat page: `/chat#<token>` opens it, `/chat#<chat>` is what stays in the address (D16). */
import "../design/tokens.css";
import "../design/base.css";
import "./chat.css";
import { exchange, picture, Refusal, socketAddress } from "./api";
import { Controller } from "./controller";
import { Live } from "./live";
import { Memory } from "./memory";
import { message, Page, shutDoor } from "./page";
import { strings } from "./strings";
import { Tray } from "./tray";

const TOKEN = /^[0-9A-Za-z]{22}$/;
const CHAT = /^[\w-]{43}$/;
const RETRY_MS = 3_000;

const root = document.getElementById("root");
if (root) {
  void open(root);
  // Another link opened in the same tab: the page starts anew.
  window.addEventListener("hashchange", () => location.reload());
}

async function open(place: HTMLElement): Promise<void> {
  const given = location.hash.slice(1);
  if (CHAT.test(given)) return show(place, given);
  if (!TOKEN.test(given)) return shutDoor(place);
  message(place, strings.opening, []);
  try {
    const chatId = await exchange(given);
    history.replaceState(null, "", `#${chatId}`); // the token stays in no history and on no screen
    show(place, chatId);
  } catch (error) {
    if (!(error instanceof Refusal) || error.kind === "unavailable" || error.kind === "refused") return shutDoor(place);
    message(place, strings.unreachableTitle, [strings.unreachable]);
    setTimeout(() => void open(place), RETRY_MS);
  }
}

function show(place: HTMLElement, chatId: string): void {
  const page = new Page(place, {
    write: (body, pictures) => controller.write(body, pictures),
    tray: new Tray(chatId),
    retry: (key) => controller.retry(key),
    older: () => void controller.older(),
    linksOf: (messageId, pictureId) => picture(chatId, messageId, pictureId),
  });
  const live = new Live({ address: () => socketAddress(chatId), look: () => void controller.look() });
  const controller: Controller = new Controller(chatId, new Memory(chatId, storage()), {
    render: (conversation, network) => page.render(conversation, network),
    shut: () => {
      live.stop();
      shutDoor(place);
    },
    isWatched: () => !document.hidden,
  });
  window.addEventListener("offline", () => controller.met("offline"));
  window.addEventListener("online", () => controller.resume());
  controller.resume();
  void controller.look();
  live.start();
}

function storage(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined; // switched off
  }
}
