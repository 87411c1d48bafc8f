import type { QueryClient } from "@tanstack/react-query";

import type { Api } from "../api/api";
import type { ConversationPage } from "../api/types";
import { Connection, type Activity, type Socket } from "../realtime/connection";
import { Presence } from "../realtime/presence";
import { batched } from "./batch";
import type { ListPages, ThreadPages } from "./cache";
import { keys } from "./keys";

type ConversationRow = ConversationPage["rows"][number];

const POLL_MS = 5_000;
/** Every how many polls everything on screen is fetched again: what `newer_than` does not tell (orders, closings). */
const FULL_EVERY = 6;
/** How often the server is asked what is new although the socket stands: a push can be dropped on its way there. */
const LOOK_MS = 60_000;
const BURST_MS = 300;
/** What activities tell of, and statuses, of which they do not. */
const CHANGING = [
  keys.allThreads,
  keys.allConversations,
  keys.unread,
  keys.allOrders,
  keys.allOrderPages,
  keys.allCustomers,
  keys.allContacts,
  keys.reminders,
];
/** A short gap is nobody's business. */
const SHOW_AFTER_MS = 2_000;

/** Keeps what is on screen current: by push and a look once a minute while connected, by polling while not. */
export class Sync {
  /** Who else looks at what is on screen. */
  readonly presence: Presence;
  private readonly connection: Connection;
  private readonly listeners = new Set<() => void>();
  private polls: ReturnType<typeof setInterval> | undefined;
  private looks: ReturnType<typeof setInterval> | undefined;
  private notice: ReturnType<typeof setTimeout> | undefined;
  private pollCount = 0;
  private reconnecting = false;
  private readonly seenUntil = new Map<string, number>();

  constructor(
    private readonly api: Pick<Api, "ticket" | "conversations">,
    private readonly queries: QueryClient,
    open: (url: string) => Socket,
  ) {
    this.connection = new Connection({
      ticket: async () => (await api.ticket()).url,
      open,
      activities: batched((activities: Activity[]) => this.apply(activities), BURST_MS),
      presence: (frame) => this.presence.received(frame),
      connected: (gap) => this.connected(gap),
      disconnected: () => this.disconnected(),
      random: Math.random,
    });
    this.presence = new Presence((conversation, doing) => this.connection.say({ action: "view", conversation, doing }));
  }

  /** Whether to tell people that the connection is down. */
  readonly get = (): boolean => this.reconnecting;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  start(): void {
    this.connection.start();
  }

  stop(): void {
    this.presence.stop();
    this.connection.stop();
    this.settle();
  }

  /** The page came back into view or online. */
  readonly check = (): void => {
    this.connection.check();
    if (this.looks !== undefined) void this.look();
  };

  private apply(activities: Activity[]): void {
    for (const activity of distinct(activities)) {
      if (activity.type === "conversation") this.conversationChanged(activity.store_id, activity.id);
      else if (activity.type === "reminder") this.refetch(keys.reminders);
      else this.orderChanged(activity.store_id, activity.id);
    }
  }

  private conversationChanged(storeId: string, id: string): void {
    this.refetch(keys.conversations(storeId), keys.unread, keys.thread(id), keys.customer(id), keys.contacts(storeId));
  }

  private orderChanged(storeId: string, id: string): void {
    this.refetch(keys.orders(storeId), keys.order(id), keys.allCustomers);
  }

  private connected(gap: boolean): void {
    this.settle();
    this.presence.connected();
    this.looks = setInterval(() => void this.look(), LOOK_MS);
    if (gap) void this.queries.invalidateQueries();
    else this.catchUpWithFirstLoads();
  }

  /** Of what changed between a first load and the first socket nobody was told. */
  private catchUpWithFirstLoads(): void {
    for (const storeId of this.storesOnScreen()) {
      const loadedAt = this.fetchedAt(storeId);
      if (loadedAt !== undefined) this.seenUntil.set(storeId, loadedAt);
    }
    this.refetch(...CHANGING);
  }

  private disconnected(): void {
    clearInterval(this.looks);
    this.looks = undefined;
    this.polls ??= setInterval(() => void this.poll(), POLL_MS);
    clearTimeout(this.notice);
    this.notice = setTimeout(() => this.show(true), SHOW_AFTER_MS);
  }

  /** Neither polls nor looks, and nobody is told of a gap. */
  private settle(): void {
    clearInterval(this.polls);
    clearInterval(this.looks);
    this.polls = this.looks = undefined;
    clearTimeout(this.notice);
    this.show(false);
  }

  private async poll(): Promise<void> {
    if (document.visibilityState === "hidden") return;
    this.pollCount += 1;
    if (this.pollCount % FULL_EVERY === 0) return void this.queries.invalidateQueries();
    this.refetch(keys.allThreads);
    if (this.storesOnScreen().length === 0) this.refetch(keys.unread);
    await this.look();
  }

  /** Asks for each list on screen what is newer, and fetches only that. */
  private async look(): Promise<void> {
    if (document.visibilityState === "hidden") return;
    await Promise.all(this.storesOnScreen().map((storeId) => this.catchUp(storeId)));
  }

  private async catchUp(storeId: string): Promise<void> {
    const since = this.seenUntil.get(storeId) ?? this.fetchedAt(storeId);
    if (since === undefined) return;
    try {
      const page = await this.api.conversations(storeId, { state: "open", newer_than: since });
      this.seenUntil.set(storeId, page.now);
      for (const row of page.rows) if (this.isBehind(row)) this.conversationChanged(storeId, row.id);
    } catch {
      // Still unreachable: the next poll asks from the same time on.
    }
  }

  /** Whether the list or the thread shows less of the conversation than the server has: no push told of it. */
  private isBehind({ store_id, id, last_activity_at }: ConversationRow): boolean {
    const listed = this.listsOf(store_id)
      .flatMap((list) => list.pages.flatMap((page) => page.rows))
      .find((row) => row.id === id);
    const thread = this.queries.getQueryData<ThreadPages>(keys.thread(id))?.pages[0]?.conversation;
    return [listed, ...(thread ? [thread] : [])].some((shown) => (shown?.last_activity_at ?? 0) < last_activity_at);
  }

  private storesOnScreen(): string[] {
    const lists = this.queries.getQueryCache().findAll({ queryKey: keys.allConversations, type: "active" });
    return [...new Set(lists.map((query) => String(query.queryKey[1])))];
  }

  /** The server's clock when the oldest list of that store on screen was fetched. */
  private fetchedAt(storeId: string): number | undefined {
    const times = this.listsOf(storeId).flatMap((list) => list.pages[0]?.now ?? []);
    return times.length > 0 ? Math.min(...times) : undefined;
  }

  private listsOf(storeId: string): ListPages[] {
    const lists = this.queries.getQueriesData<ListPages>({ queryKey: keys.conversations(storeId), type: "active" });
    return lists.flatMap(([, data]) => data ?? []);
  }

  private refetch(...queryKeys: (readonly unknown[])[]): void {
    for (const queryKey of queryKeys) void this.queries.invalidateQueries({ queryKey });
  }

  private show(reconnecting: boolean): void {
    if (this.reconnecting === reconnecting) return;
    this.reconnecting = reconnecting;
    for (const listener of this.listeners) listener();
  }
}

function distinct(activities: Activity[]): Activity[] {
  return [...new Map(activities.map((activity) => [`${activity.type} ${activity.id}`, activity])).values()];
}
