/** A product that is to go out with what is being written. */
export interface ChosenProduct {
  id: string;
  title: string;
  price: string;
  /** What stands in the message below one's own words. */
  text: string;
  /** Its picture: on its way, there, or not to be had. */
  picture: "loading" | "ready" | "none";
  /** The server's id of a picture that is ready. */
  pictureId: string | null;
  thumbnail: string | null;
}

/** At most one in each conversation. They stay while one looks at other conversations. */
export class Chosen {
  private readonly products = new Map<string, ChosenProduct>();
  private readonly listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  of(conversationId: string): ChosenProduct | null {
    return this.products.get(conversationId) ?? null;
  }

  set(conversationId: string, product: ChosenProduct | null): void {
    if (product) this.products.set(conversationId, product);
    else this.products.delete(conversationId);
    for (const listener of this.listeners) listener();
  }

  clear(): void {
    for (const id of [...this.products.keys()]) this.set(id, null);
  }
}
