/** The box to write in: grows with the text, Enter sends where there is a keyboard, emoji at hand. */
import { element, icon } from "./elements";
import { strings } from "./strings";

export const LIMIT = 4_000;
const EMOJI = "😀 😂 😊 😍 🙂 😉 😎 🤔 😢 😮 👍 👎 🙏 👏 💪 👋 ❤️ 🎉 🔥 ✨ ✅ ❌ 📦 🚚 🛍️ 👟 👗 🎁 ☀️ ☕ 🕐 📍".split(
  " ",
);
const SMILE = "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M8.5 14.5s1.2 2 3.5 2s3.5-2 3.5-2M9 9.5h.01M15 9.5h.01";
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
  private readonly smile = element("button", {
    type: "button",
    class: "smile",
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

  constructor(private readonly onSend: (body: string) => void) {
    this.button.append(icon(SEND));
    this.smile.append(icon(SMILE));
    this.form.append(this.picker, this.smile, this.text, this.button);
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
    const body = this.text.value.trim();
    if (body === "") return;
    this.onSend(body);
    this.text.value = "";
    this.picker.hidden = true;
    this.smile.setAttribute("aria-expanded", "false");
    this.changed();
    this.text.focus();
  }

  private changed(): void {
    this.button.disabled = this.text.value.trim() === "";
    this.text.style.height = "auto";
    this.text.style.height = `${this.text.scrollHeight}px`;
  }
}
