const KEY = "counterline.refresh";

/** A refresh token and whose it is: tabs share the device's, and people may take turns at it. */
export interface Kept {
  userId: string;
  token: string;
}

/** Where the refresh token is kept: for this tab, or (stay signed in) for this device. See docs/decisions. */
export class TokenStore {
  constructor(
    private readonly tab: Storage,
    private readonly device: Storage,
  ) {}

  get(): Kept | null {
    return read(this.tab) ?? read(this.device);
  }

  set(kept: Kept, stay: boolean): void {
    this.clear(kept.userId);
    this.tab.removeItem(KEY);
    write(stay ? this.device : this.tab, kept);
  }

  /** A rotated token takes the place of the old one. */
  replace(kept: Kept): void {
    const place = read(this.tab) ? this.tab : this.device;
    if (read(place)?.userId === kept.userId) write(place, kept);
  }

  /** Forgets what is kept of this person, nothing of others. */
  clear(userId: string): void {
    for (const place of [this.tab, this.device]) if (read(place)?.userId === userId) place.removeItem(KEY);
  }
}

function read(place: Storage): Kept | null {
  try {
    const kept = JSON.parse(place.getItem(KEY) ?? "null") as Partial<Kept> | null;
    return kept?.userId !== undefined && kept.token !== undefined ? { userId: kept.userId, token: kept.token } : null;
  } catch {
    return null;
  }
}

function write(place: Storage, kept: Kept): void {
  place.setItem(KEY, JSON.stringify(kept));
}
