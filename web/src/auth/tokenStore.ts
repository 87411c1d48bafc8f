const KEY = "counterline.refresh";

/** Where the refresh token is kept: for this tab, or (stay signed in) for this device. See docs/decisions. */
export class TokenStore {
  constructor(
    private readonly tab: Storage,
    private readonly device: Storage,
  ) {}

  get(): string | null {
    return this.tab.getItem(KEY) ?? this.device.getItem(KEY);
  }

  set(token: string, stay: boolean): void {
    this.clear();
    (stay ? this.device : this.tab).setItem(KEY, token);
  }

  /** A rotated token takes the place of the old one. */
  replace(token: string): void {
    const place = this.tab.getItem(KEY) !== null ? this.tab : this.device;
    if (this.get() !== null) place.setItem(KEY, token);
  }

  clear(): void {
    this.tab.removeItem(KEY);
    this.device.removeItem(KEY);
  }
}
