/** `/pictures#<token>`: the pictures of one message, where the message itself could carry words only (N19). */
import "../design/tokens.css";
import "../design/base.css";
import "./pictures.css";
import { element } from "../chat/elements";
import { fetchPage, Gone, type PagePicture, type PicturePage } from "./api";
import { strings } from "./strings";

const TOKEN = /^[\w.-]{20,400}$/;

const root = document.getElementById("root");
if (root) {
  void open(root);
  window.addEventListener("hashchange", () => void open(root));
}

async function open(place: HTMLElement): Promise<void> {
  const token = location.hash.slice(1);
  if (!TOKEN.test(token)) return say(place, strings.doorTitle, strings.door);
  say(place, strings.opening);
  try {
    show(place, await fetchPage(token));
  } catch (error) {
    if (error instanceof Gone) return say(place, strings.doorTitle, strings.door);
    const again = element("button", { type: "button", class: "again" }, strings.retry);
    again.addEventListener("click", () => void open(place));
    say(place, strings.unreachableTitle, strings.unreachable, again);
  }
}

function show(place: HTMLElement, page: PicturePage): void {
  const { pictures, store } = page;
  const title = strings.title(pictures.length, store);
  document.title = title;
  const shown = pictures.map((picture, at) => figure(picture, strings.picture(at + 1, pictures.length)));
  place.replaceChildren(element("main", { class: "page" }, element("h1", {}, title), ...shown));
}

function figure(picture: PagePicture, name: string): HTMLElement {
  const [width, height] = [String(picture.width), String(picture.height)];
  const image = element("img", { src: picture.url, alt: name, width, height, loading: "lazy", decoding: "async" });
  const link = element("a", { href: picture.url, title: strings.full, rel: "noreferrer" }, image);
  return element("figure", { class: "picture" }, link);
}

/** Nothing but a few words, in the middle. */
function say(place: HTMLElement, title: string, line = "", ...more: Node[]): void {
  document.title = title;
  const words = [element("h1", {}, title), ...(line === "" ? [] : [element("p", {}, line)]), ...more];
  place.replaceChildren(element("main", { class: "alone", role: "status" }, ...words));
}
