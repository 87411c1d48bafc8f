/** Keeps the conversation current, sends what was written in its order, and says what was seen. */
import * as api from "./api";
import { Refusal } from "./api";
import {
  blank,
  delivered,
  received,
  unseen,
  withOlder,
  withOutgoing,
  type Conversation,
  type Outgoing,
} from "./conversation";
import type { Memory } from "./memory";

const RETRY_MS = 4_000;
const FULL_MS = 60_000;

export type Network = "fine" | "offline" | "trying";

interface ChatPorts {
  render: (conversation: Conversation, network: Network) => void;
  /** The link opens nothing any more. */
  shut: () => void;
  isWatched: () => boolean;
}

export class Controller {
  private state: Conversation;
  private network: Network = "fine";
  private looking = false;
  private lookAgain = false;
  private sending = false;
  private fullAt = 0;

  constructor(
    private readonly chatId: string,
    private readonly memory: Memory,
    private readonly ports: ChatPorts,
  ) {
    this.state = blank(memory.seen, memory.outgoing);
  }

  /** Fetches what is new, one request at a time; now and then everything, for what came late. */
  async look(): Promise<void> {
    this.lookAgain = this.looking;
    if (this.looking) return;
    this.looking = true;
    try {
      await this.fetch();
      this.met("fine");
      void this.flush();
    } catch (error) {
      this.failed(error);
    } finally {
      this.looking = false;
    }
    if (this.lookAgain) await this.look();
  }

  private async fetch(): Promise<void> {
    const fresh = this.state.position === "" || Date.now() - this.fullAt > FULL_MS;
    const view = await api.show(this.chatId, fresh ? {} : { after: this.state.position });
    const whole = view.more ? await api.show(this.chatId) : view;
    if (fresh || view.more) this.fullAt = Date.now();
    this.change(received(this.state, whole, fresh, this.ports.isWatched()));
    await this.see();
  }

  /** What is on the screen of somebody who looks has been seen. */
  async see(): Promise<void> {
    const upTo = unseen(this.state);
    if (upTo === "" || !this.ports.isWatched()) return;
    await api.seen(this.chatId, upTo);
    this.memory.seen = upTo;
    this.state = { ...this.state, seen: upTo };
  }

  async older(): Promise<void> {
    if (this.state.older === null) return;
    try {
      this.change(withOlder(this.state, await api.show(this.chatId, { cursor: this.state.older })));
    } catch (error) {
      this.failed(error);
    }
  }

  write(body: string, pictures: string[]): void {
    const key = crypto.randomUUID().replaceAll("-", "");
    this.keep({ key, body, pictures, at: Date.now(), state: "sending", after: this.state.messages.at(-1)?.id ?? "" });
    void this.flush();
  }

  retry(key: string): void {
    const entry = this.state.outgoing.find((each) => each.key === key);
    if (entry) this.keep({ ...entry, state: "sending" });
    void this.flush();
  }

  /** In order; the first that does not get through holds up the others, unless it was refused for good. */
  private async flush(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    try {
      for (let entry = this.next(); entry; entry = this.next()) await this.send(entry);
    } finally {
      this.sending = false;
    }
  }

  private next(): Outgoing | undefined {
    return this.state.outgoing.find(({ state }) => state === "sending");
  }

  private async send(entry: Outgoing): Promise<void> {
    try {
      const message = await api.write(this.chatId, entry.body, entry.pictures ?? [], entry.key);
      this.change(delivered(this.state, entry.key, message));
      this.memory.outgoing = this.state.outgoing;
      this.met("fine");
    } catch (error) {
      const refused = error instanceof Refusal && error.kind === "refused";
      this.keep({ ...entry, state: refused ? "failed" : "waiting" });
      if (!refused) this.wait();
      else if (error.code === "conversation_ended") void this.look();
      this.failed(error);
    }
  }

  /** What waits is tried again, all of it. */
  private wait(): void {
    const waiting = this.state.outgoing.map((each) =>
      each.state === "sending" ? { ...each, state: "waiting" } : each,
    );
    this.change({ ...this.state, outgoing: waiting as Outgoing[] });
    setTimeout(() => this.resume(), RETRY_MS);
  }

  resume(): void {
    const again = this.state.outgoing.map((each) => (each.state === "waiting" ? { ...each, state: "sending" } : each));
    this.change({ ...this.state, outgoing: again as Outgoing[] });
    void this.flush();
  }

  private keep(entry: Outgoing): void {
    this.change(withOutgoing(this.state, entry));
    this.memory.outgoing = this.state.outgoing;
  }

  private failed(error: unknown): void {
    if (!(error instanceof Refusal)) throw error;
    if (error.kind === "unavailable") this.ports.shut();
    else if (error.kind !== "refused") this.met(navigator.onLine ? "trying" : "offline");
  }

  met(network: Network): void {
    if (network === this.network) return;
    this.network = network;
    this.change(this.state);
  }

  private change(state: Conversation): void {
    this.state = state;
    this.ports.render(state, this.network);
  }
}
