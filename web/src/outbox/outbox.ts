import type { MessageView } from "../api/types";
import type { StoredValue } from "./storage";

/** After this long a text is not sent by itself any more: a stale answer would only confuse. */
const STALE_MS = 24 * 3_600_000;
const FIRST_DELAY_MS = 1_000;
const LAST_DELAY_MS = 30_000;

export interface OutboxEntry {
  /** Idempotency key: however often it is posted, it is sent once. */
  key: string;
  conversationId: string;
  body: string;
  /** Ids of pictures that are ready; none in what older versions stored. */
  pictures?: readonly string[];
  /** A product that goes along; its title is for the one who waits. */
  product?: { id: string; title: string };
  createdAt: number;
  /** The newest message that was known when it was written: it is none of those before. None in what older versions stored. */
  after?: string;
  /** When it is to go out; without it, now. */
  sendAt?: number;
  /** `posting` for the first time, `waiting` for the next try, `refused` by the server (or stale). */
  state: "posting" | "waiting" | "refused";
  attempts: number;
  retryAt: number;
  /** The server's error code, or `stale`. */
  refusal: string | null;
}

export interface OutboxPorts {
  /** Posts it. Rejects with an error for which `isTransient` says whether trying again makes sense. */
  post: (entry: OutboxEntry) => Promise<MessageView>;
  /** Null: try again later. Else the code of the refusal. */
  refusalOf: (error: unknown) => string | null;
  accepted: (entry: OutboxEntry, message: MessageView) => void;
  now: () => number;
  random: () => number;
  setTimer: (run: () => void, ms: number) => unknown;
  clearTimer: (timer: never) => void;
}

/** Texts on their way to the server, in order per conversation, kept across reloads until it has accepted them. */
export class Outbox {
  private entries: readonly OutboxEntry[];
  private readonly inFlight = new Set<string>();
  private readonly listeners = new Set<() => void>();
  private timer: unknown = null;
  private stopped = false;

  constructor(
    private readonly stored: StoredValue<readonly OutboxEntry[]>,
    private readonly ports: OutboxPorts,
  ) {
    this.entries = stored.get().map((entry) => (entry.state === "posting" ? { ...entry, state: "waiting" } : entry));
  }

  readonly get = (): readonly OutboxEntry[] => this.entries;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  add(
    conversationId: string,
    body: string,
    key: string,
    { sendAt, pictures = [], product, after }: Pick<OutboxEntry, "sendAt" | "pictures" | "product" | "after"> = {},
  ): void {
    const now = this.ports.now();
    const rest = { state: "posting", attempts: 0, retryAt: now, refusal: null } as const;
    const extra = {
      ...(sendAt === undefined ? {} : { sendAt }),
      ...(product ? { product } : {}),
      ...(after === undefined ? {} : { after }),
    };
    this.set([...this.entries, { key, conversationId, body, pictures, createdAt: now, ...extra, ...rest }]);
    this.pump();
  }

  /** Forgets it. If an earlier try got through after all, the message shows up in the conversation. */
  discard(key: string): void {
    this.set(this.entries.filter((entry) => entry.key !== key));
    this.pump();
  }

  /** Tries everything that waits now: back online, or asked for. */
  readonly wake = (): void => {
    const now = this.ports.now();
    this.set(this.entries.map((entry) => (entry.state === "waiting" ? { ...entry, retryAt: now } : entry)));
    this.pump();
  };

  /** Sends again what waits, after a stop. */
  start(): void {
    this.stopped = false;
    this.wake();
  }

  /** The session is over: nothing is sent or stored any more; what is stored waits for the same person. */
  stop(): void {
    this.stopped = true;
    this.ports.clearTimer(this.timer as never);
  }

  /** Sign-out: nothing is sent any more, and this device keeps nothing. */
  clear(): void {
    this.stop();
    this.entries = [];
    this.stored.clear();
    for (const listener of this.listeners) listener();
  }

  /** Starts what is due: the first of every conversation that is not under way. */
  private pump(): void {
    this.expire();
    const heads = new Map<string, OutboxEntry>();
    for (const entry of this.entries) {
      if (entry.state !== "refused" && !heads.has(entry.conversationId)) heads.set(entry.conversationId, entry);
    }
    const idle = [...heads.values()].filter((entry) => !this.inFlight.has(entry.conversationId));
    const now = this.ports.now();
    for (const entry of idle) if (entry.retryAt <= now) void this.post(entry);
    const next = Math.min(...idle.filter((entry) => entry.retryAt > now).map((entry) => entry.retryAt));
    this.ports.clearTimer(this.timer as never);
    this.timer = Number.isFinite(next) ? this.ports.setTimer(() => this.pump(), next - now) : null;
  }

  private async post(entry: OutboxEntry): Promise<void> {
    this.inFlight.add(entry.conversationId);
    try {
      const message = await this.ports.post(entry);
      if (this.stopped) return;
      this.ports.accepted(entry, message);
      const others = this.entries.filter((other) => other.key !== entry.key);
      this.set(others.map((other) => (other.conversationId === entry.conversationId ? later(other, message) : other)));
    } catch (error) {
      if (!this.stopped) this.failed(entry, this.ports.refusalOf(error));
    } finally {
      this.inFlight.delete(entry.conversationId);
    }
    if (!this.stopped) this.pump();
  }

  private failed(entry: OutboxEntry, refusal: string | null): void {
    const attempts = entry.attempts + 1;
    const delay = Math.min(LAST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempts - 1)) * (0.75 + this.ports.random() / 2);
    this.change(
      entry.key,
      refusal === null
        ? { state: "waiting", attempts, retryAt: this.ports.now() + delay }
        : { state: "refused", attempts, refusal },
    );
  }

  private expire(): void {
    const now = this.ports.now();
    const isStale = (entry: OutboxEntry) =>
      entry.state !== "refused" && !this.inFlight.has(entry.conversationId) && now - entry.createdAt > STALE_MS;
    for (const entry of this.entries.filter(isStale)) this.change(entry.key, { state: "refused", refusal: "stale" });
  }

  private change(key: string, change: Partial<OutboxEntry>): void {
    this.set(this.entries.map((entry) => (entry.key === key ? { ...entry, ...change } : entry)));
  }

  private set(entries: readonly OutboxEntry[]): void {
    this.entries = entries;
    this.stored.set(entries);
    for (const listener of this.listeners) listener();
  }
}

/** Those of a conversation are accepted in their order: the next one is none of the messages until this one. */
function later(entry: OutboxEntry, { id, held }: MessageView): OutboxEntry {
  return entry.after === undefined || held || entry.after > id ? entry : { ...entry, after: id };
}
