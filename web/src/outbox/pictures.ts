import type { PictureOffer, PictureView } from "../api/types";

/** Bytes that one picture may have; the server checks it too. */
export const LARGEST_PICTURE = 16 * 1024 * 1024;
const POLL_MS = 600;
/** How often the server is asked until it is taken for stuck: a minute. */
const MOST_POLLS = 100;

/** A picture that is attached to a message that is being written. */
export interface Picture {
  key: string;
  name: string;
  /** Shows the file itself, from this device. */
  local: string;
  state: "uploading" | "checking" | "ready" | "refused";
  /** How much has been uploaded, 0 to 1. */
  progress: number;
  /** The server's id; from `checking` on. */
  id: string | null;
  /** The server's small picture, once it is ready. */
  thumbnail: string | null;
  /** It has been on the screen as it will go out (N20). */
  shown: boolean;
  /** Why it cannot be sent. */
  refusal: string | null;
  /** Whether the same file may work later. */
  canRetry: boolean;
}

export interface PicturePorts {
  offer: (place: string, size: number) => Promise<PictureOffer>;
  put: (offer: PictureOffer, file: Blob, progress: (part: number) => void, signal: AbortSignal) => Promise<void>;
  check: (place: string, id: string) => Promise<PictureView>;
  look: (place: string, id: string) => Promise<PictureView>;
  /** An address under which this page shows a file; `forget` gives it back. */
  local: (file: Blob) => string;
  forget: (local: string) => void;
  wait: (ms: number) => Promise<void>;
  newKey: () => string;
  explain: (error: unknown) => string;
  words: { tooLarge: string; empty: string; noPicture: string; stuck: string };
}

interface Kept {
  place: string;
  file: File;
  abort: AbortController;
}

const NONE: readonly Picture[] = [];

/**
 * The pictures of every message that is being written. They stay while one looks at other conversations. A place is the
 * id of a conversation, or where one is started (`startingWith`).
 */
export class Pictures {
  private readonly lists = new Map<string, readonly Picture[]>();
  private readonly kept = new Map<string, Kept>();
  private readonly listeners = new Set<() => void>();

  constructor(private readonly ports: PicturePorts) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  of(place: string): readonly Picture[] {
    return this.lists.get(place) ?? NONE;
  }

  /** Attaches files and begins to upload them. */
  add(place: string, files: readonly File[]): void {
    for (const file of files) {
      const key = this.ports.newKey();
      const refusal = this.refusalOf(file);
      const picture: Picture = {
        key,
        name: file.name,
        local: refusal === null ? this.ports.local(file) : "",
        state: refusal === null ? "uploading" : "refused",
        progress: 0,
        id: null,
        thumbnail: null,
        shown: false,
        refusal,
        canRetry: false,
      };
      this.kept.set(key, { place, file, abort: new AbortController() });
      this.set(place, [...this.of(place), picture]);
      if (refusal === null) void this.load(key);
    }
  }

  retry(key: string): void {
    this.change(key, { state: "uploading", progress: 0, refusal: null, canRetry: false });
    void this.load(key);
  }

  remove(key: string): void {
    const kept = this.kept.get(key);
    if (!kept) return;
    kept.abort.abort();
    this.drop(kept.place, [key]);
  }

  shown(key: string): void {
    this.change(key, { shown: true });
  }

  /** Takes those that can be sent out of the message. */
  take(place: string): string[] {
    const list = this.of(place);
    this.drop(
      place,
      list.map(({ key }) => key),
    );
    return list.flatMap(({ id, state }) => (state === "ready" && id !== null ? [id] : []));
  }

  /** Sign-out: nothing is uploaded any more, and nothing is kept. */
  clear(): void {
    for (const { abort } of this.kept.values()) abort.abort();
    for (const place of [...this.lists.keys()]) this.take(place);
  }

  private refusalOf(file: File): string | null {
    const { words } = this.ports;
    if (file.size === 0) return words.empty;
    if (file.size > LARGEST_PICTURE) return words.tooLarge;
    return file.type !== "" && !file.type.startsWith("image/") ? words.noPicture : null;
  }

  private async load(key: string): Promise<void> {
    const kept = this.kept.get(key);
    if (!kept) return;
    const { place, file, abort } = kept;
    try {
      const offer = await this.ports.offer(place, file.size);
      await this.ports.put(offer, file, (progress) => this.change(key, { progress }), abort.signal);
      this.change(key, { state: "checking", progress: 1, id: offer.id });
      let view = await this.ports.check(place, offer.id);
      for (let polls = 0; view.state === "pending"; polls++) {
        if (abort.signal.aborted) return;
        if (polls === MOST_POLLS) return this.change(key, this.failed(this.ports.words.stuck));
        await this.ports.wait(POLL_MS);
        view = await this.ports.look(place, offer.id);
      }
      if (view.state === "ready") this.change(key, { state: "ready", thumbnail: view.thumbnail_url });
      else this.change(key, { state: "refused", refusal: view.refusal?.text ?? "", canRetry: false });
    } catch (error) {
      if (!abort.signal.aborted) this.change(key, this.failed(this.ports.explain(error)));
    }
  }

  private failed(refusal: string): Partial<Picture> {
    return { state: "refused", refusal, canRetry: true };
  }

  private change(key: string, change: Partial<Picture>): void {
    const kept = this.kept.get(key);
    if (!kept) return;
    const list = this.of(kept.place);
    this.set(
      kept.place,
      list.map((picture) => (picture.key === key ? { ...picture, ...change } : picture)),
    );
  }

  private drop(place: string, keys: readonly string[]): void {
    for (const picture of this.of(place)) {
      if (keys.includes(picture.key) && picture.local !== "") this.ports.forget(picture.local);
    }
    for (const key of keys) this.kept.delete(key);
    this.set(
      place,
      this.of(place).filter(({ key }) => !keys.includes(key)),
    );
  }

  private set(place: string, list: readonly Picture[]): void {
    if (list.length === 0) this.lists.delete(place);
    else this.lists.set(place, list);
    for (const listener of this.listeners) listener();
  }
}

const STARTING = /^start\/([^/]+)\/([^/]+)$/;

/** The place of the pictures of a first text. */
export const startingWith = (storeId: string, orderId: string) => `start/${storeId}/${orderId}`;

/** The store and the order that a conversation is started with there; null: it is a conversation's id. */
export function startAt(place: string): { storeId: string; orderId: string } | null {
  const [, storeId, orderId] = STARTING.exec(place) ?? [];
  return storeId !== undefined && orderId !== undefined ? { storeId, orderId } : null;
}

/** How many pictures one message may have (the server says no to more). */
export function mostPictures(channel: string): number {
  return channel === "whatsapp" ? 1 : 5;
}

/** Whether what is attached can go out as it is (N20). */
export function allReady(pictures: readonly Picture[], limit: number): boolean {
  return pictures.length <= limit && pictures.every(({ state, shown }) => state === "ready" && shown);
}
