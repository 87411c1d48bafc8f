/** One picture that is about to be sent. It is changed in place, so that what is announced is what is new. */
import type { Picture } from "../outbox/pictures";
import { element, icon } from "./elements";
import { strings } from "./strings";

const CROSS = "M6 6l12 12M18 6L6 18";
const AGAIN = "M19 12a7 7 0 1 1-2.1-5M19 3v4.5h-4.5";

export class Tile {
  readonly node = element("li", { class: "tile", "data-testid": "attached" });
  private readonly image = element("img");
  private readonly progress = element("progress");
  private readonly wrong = element("p", { class: "wrong", role: "alert" });
  private readonly said = element("p", { class: "visually-hidden", role: "status" });
  private readonly again = element("button", { type: "button" }, icon(AGAIN));
  private readonly remove = element("button", { type: "button" }, icon(CROSS));

  constructor(onRetry: () => void, onRemove: () => void) {
    this.again.addEventListener("click", onRetry);
    this.remove.addEventListener("click", onRemove);
    const tools = element("div", { class: "tools" }, this.again, this.remove);
    this.node.append(this.image, this.progress, this.wrong, this.said, tools);
  }

  show(picture: Picture, name: string): void {
    const { state, progress, refusal, canRetry } = picture;
    const works = state === "uploading" || state === "checking";
    this.node.dataset.state = state;
    this.look(picture, name);
    this.progress.hidden = !works;
    this.progress.setAttribute("aria-label", name);
    if (state === "uploading") this.progress.value = progress;
    else this.progress.removeAttribute("value");
    say(this.wrong, refusal ?? "");
    say(this.said, spoken(picture, name));
    this.again.hidden = !canRetry;
    this.again.setAttribute("aria-label", strings.again(name));
    this.remove.setAttribute("aria-label", strings.remove(name));
  }

  /** What the server made of it; until then this device's own file. */
  private look({ state, thumbnail, local }: Picture, name: string): void {
    const source = thumbnail ?? local;
    this.image.hidden = state === "refused";
    this.image.alt = name;
    if (source !== "" && this.image.getAttribute("src") !== source) this.image.src = source;
  }
}

function spoken({ state, progress }: Picture, name: string): string {
  if (state === "refused") return "";
  if (state === "ready") return strings.ready(name);
  return state === "checking" || progress === 1 ? strings.checking(name) : strings.uploading(name);
}

function say(place: HTMLElement, words: string): void {
  if (place.textContent !== words) place.textContent = words;
}
