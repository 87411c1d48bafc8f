import type { StoredValue } from "./storage";

/** What was typed and not sent: one text per place (`conversation:<id>`, `start:<order id>`). */
export class Drafts {
  constructor(private readonly stored: StoredValue<Record<string, string>>) {}

  get(place: string): string {
    return this.stored.get()[place] ?? "";
  }

  /** Keeps the text; a blank one is forgotten. */
  set(place: string, text: string): void {
    const others = Object.entries(this.stored.get()).filter(([other]) => other !== place);
    this.stored.set(Object.fromEntries(text.trim() === "" ? others : [...others, [place, text]]));
  }

  clear(): void {
    this.stored.clear();
  }
}
