/** JSON under one name in the browser's storage. Full or forbidden storage loses nothing that is on screen. */
export class StoredValue<T> {
  constructor(
    private readonly storage: Pick<Storage, "getItem" | "setItem" | "removeItem">,
    private readonly name: string,
    private readonly empty: T,
  ) {}

  get(): T {
    try {
      const text = this.storage.getItem(this.name);
      return text === null ? this.empty : (JSON.parse(text) as T);
    } catch {
      return this.empty;
    }
  }

  set(value: T): void {
    try {
      this.storage.setItem(this.name, JSON.stringify(value));
    } catch {
      // The value lives on in memory until the page is left.
    }
  }

  clear(): void {
    try {
      this.storage.removeItem(this.name);
    } catch {
      // Nothing was stored then.
    }
  }
}
