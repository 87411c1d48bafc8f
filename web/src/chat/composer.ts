/** The box to write in: grows with the text, Enter sends where there is a keyboard, emoji and pictures at hand. */
import { element, icon } from "./elements";
import { strings } from "./strings";
import type { Tray } from "./tray";

export const LIMIT = 4_000;
const EMOJI = "😀 😂 😊 😍 🙂 😉 😎 🤔 😢 😮 👍 👎 🙏 👏 💪 👋 ❤️ 🎉 🔥 ✨ ✅ ❌ 📦 🚚 🛍️ 👟 👗 🎁 ☀️ ☕ 🕐 📍".split(
  " ",
);
const SMILE = "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M8.5 14.5s1.2 2 3.5 2s3.5-2 3.5-2M9 9.5h.01M15 9.5h.01";
const CAMERA = "M4 8h3.5L9 5.5h6L16.5 8H20v11H4zM12 10a3.2 3.2 0 1 0 0 6.4a3.2 3.2 0 1 0 0-6.4";
const SEND = "M4 12L20 4l-6 16-3-7z";

export class Composer {
  readonly form = element("form", { class: "composer" });
  private readonly text = element("textarea", {
    rows: "1",
    dir: "auto",
    maxlength: String(LIMIT),
    placeholder: strings.placeholder,
    "aria-label": strings.compose,
    enterkeyhint: "send",
  });
  private readonly button = element("button", { type: "submit", class: "send", "aria-label": strings.send });
  private readonly attach = element("button", { type: "button", class: "tool", "aria-label": strings.attach });
  /** On a phone it offers the camera too. */
  private readonly input = element("input", {
    type: "file",
    accept: "image/*",
    multiple: true,
    hidden: true,
    "data-testid": "attach-input",
  });
  private readonly smile = element("button", {
    type: "button",
    class: "tool",
    "aria-label": strings.emoji,
    "aria-expanded": "false",
    "aria-controls": "emoji",
  });
  private readonly picker = element("div", {
    id: "emoji",
    class: "picker",
    role: "group",
    "aria-label": strings.emojis,
    hidden: true,
  });

  constructor(
    private readonly tray: Tray,
    private readonly onSend: (body: string, pictures: string[]) => void,
  ) {
    this.button.append(icon(SEND));
    this.smile.append(icon(SMILE));
    this.attach.append(icon(CAMERA));
    const row = [this.attach, this.smile, this.text, this.button];
    this.form.append(tray.list, tray.warning, this.picker, this.input, ...row);
    this.takesPictures();
    for (const each of EMOJI) this.picker.append(this.emoji(each));
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.text.addEventListener("keydown", (event) => this.keyDown(event));
    this.text.addEventListener("input", () => this.changed());
    this.smile.addEventListener("click", () => this.toggle(this.picker.hidden));
    this.form.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !this.picker.hidden) this.toggle(false);
    });
    this.changed();
  }

  focus(): void {
    this.text.focus();
  }

  /** From the button, the clipboard, or dropped anywhere on the page. */
  private takesPictures(): void {
    this.tray.onChange = () => this.changed();
    this.attach.addEventListener("click", () => this.input.click());
    this.input.addEventListener("change", () => {
      this.tray.add([...(this.input.files ?? [])]);
      this.input.value = ""; // the same file can be chosen again
    });
    this.text.addEventListener("paste", (event) => this.drop(event, event.clipboardData));
    addEventListener("dragover", (event) => event.preventDefault());
    addEventListener("drop", (event) => this.drop(event, event.dataTransfer));
  }

  private drop(event: Event, data: DataTransfer | null): void {
    const files = [...(data?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    if (this.form.isConnected) this.tray.add(files);
  }

  private emoji(each: string): HTMLButtonElement {
    const made = element("button", { type: "button" }, each);
    made.addEventListener("click", () => {
      this.text.setRangeText(each, this.text.selectionStart, this.text.selectionEnd, "end");
      this.changed();
    });
    return made;
  }

  private toggle(open: boolean): void {
    this.picker.hidden = !open;
    this.smile.setAttribute("aria-expanded", String(open));
    if (open) this.picker.querySelector("button")?.focus();
    else this.text.focus();
  }

  /** On phones Enter makes a new line: the thumb has the button. */
  private keyDown(event: KeyboardEvent): void {
    const onPhone = matchMedia("(pointer: coarse)").matches;
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || onPhone) return;
    event.preventDefault();
    this.form.requestSubmit();
  }

  private submit(event: Event): void {
    event.preventDefault();
    if (this.button.disabled) return;
    this.onSend(this.text.value.trim(), this.tray.take());
    this.text.value = "";
    this.picker.hidden = true;
    this.smile.setAttribute("aria-expanded", "false");
    this.changed();
    this.text.focus();
  }

  private changed(): void {
    this.button.disabled = !this.tray.isReady || (this.text.value.trim() === "" && this.tray.isEmpty);
    this.text.style.height = "auto";
    if (this.text.isConnected) this.text.style.height = `${this.text.scrollHeight}px`; // before, it measures nothing
  }
}
