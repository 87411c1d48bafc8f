/** What this browser remembers of a chat: what was seen, and what still has to be sent. Never the words that came. */
import type { Outgoing } from "./conversation";

export class Memory {
  constructor(
    private readonly chatId: string,
    private readonly storage: Storage | undefined,
  ) {}

  get seen(): string {
    return this.read("seen") ?? "";
  }

  set seen(id: string) {
    this.write("seen", id);
  }

  get outgoing(): Outgoing[] {
    try {
      const found: unknown = JSON.parse(this.read("outgoing") ?? "[]");
      return Array.isArray(found)
        ? (found as Outgoing[]).filter(({ key, body, pictures }) => key && (body || pictures?.length))
        : [];
    } catch {
      return [];
    }
  }

  set outgoing(entries: Outgoing[]) {
    this.write("outgoing", entries.length === 0 ? null : JSON.stringify(entries));
  }

  private read(name: string): string | null {
    try {
      return this.storage?.getItem(`chat.${this.chatId}.${name}`) ?? null;
    } catch {
      return null; // storage is off: it holds until the page is left
    }
  }

  private write(name: string, value: string | null): void {
    try {
      if (value === null) this.storage?.removeItem(`chat.${this.chatId}.${name}`);
      else this.storage?.setItem(`chat.${this.chatId}.${name}`, value);
    } catch {
      // as above
    }
  }
}
