import type { InfiniteData, QueryClient } from "@tanstack/react-query";

import type { Api } from "../api/api";
import type { ConversationPage } from "../api/types";
import { Connection, type Activity, type Socket } from "../realtime/connection";
import { batched } from "./batch";
import { keys } from "./keys";

const POLL_MS = 5_000;
/** Every how many polls everything on screen is fetched again: what `newer_than` does not tell (orders, closings). */
const FULL_EVERY = 6;
const BURST_MS = 300;
/** A short gap is nobody's business. */
const SHOW_AFTER_MS = 2_000;

/** Keeps what is on screen current: by push while connected, by polling while not. */
export class Sync {
  private readonly connection: Connection;
  private readonly listeners = new Set<() => void>();
  private polls: ReturnType<typeof setInterval> | undefined;
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
      connected: (gap) => this.connected(gap),
      disconnected: () => this.disconnected(),
      random: Math.random,
    });
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
    this.connection.stop();
    this.connected(false, false);
  }

  /** The page came back into view or online. */
  readonly check = (): void => {
    this.connection.check();
  };

  private apply(activities: Activity[]): void {
    for (const activity of distinct(activities)) {
      if (activity.type === "conversation") this.conversationChanged(activity.store_id, activity.id);
      else this.orderChanged(activity.store_id, activity.id);
    }
  }

  private conversationChanged(storeId: string, id: string): void {
    this.refetch(keys.conversations(storeId), keys.unread, keys.thread(id), keys.customer(id));
  }

  private orderChanged(storeId: string, id: string): void {
    this.refetch(keys.orders(storeId), keys.order(id), keys.allCustomers);
  }

  private connected(gap: boolean, catchUp = true): void {
    clearInterval(this.polls);
    this.polls = undefined;
    clearTimeout(this.notice);
    this.show(false);
    if (gap) void this.queries.invalidateQueries();
    else if (catchUp) {
      this.refetch(keys.allThreads); // statuses that changed while it connected are no activity of a conversation
      void this.poll();
    }
  }

  private disconnected(): void {
    this.polls ??= setInterval(() => void this.poll(), POLL_MS);
    clearTimeout(this.notice);
    this.notice = setTimeout(() => this.show(true), SHOW_AFTER_MS);
  }

  private async poll(): Promise<void> {
    if (document.visibilityState === "hidden") return;
    this.pollCount += 1;
    if (this.polls !== undefined && this.pollCount % FULL_EVERY === 0) return void this.queries.invalidateQueries();
    const stores = this.storesOnScreen();
    if (this.polls !== undefined) this.refetch(keys.allThreads);
    if (stores.length === 0 && this.polls !== undefined) this.refetch(keys.unread);
    await Promise.all(stores.map((storeId) => this.catchUp(storeId)));
  }

  private async catchUp(storeId: string): Promise<void> {
    const since = this.seenUntil.get(storeId) ?? this.fetchedAt(storeId);
    if (since === undefined) return;
    try {
      const page = await this.api.conversations(storeId, { state: "open", newer_than: since });
      this.seenUntil.set(storeId, page.now);
      for (const row of page.rows) this.conversationChanged(storeId, row.id);
    } catch {
      // Still unreachable: the next poll asks from the same time on.
    }
  }

  private storesOnScreen(): string[] {
    const lists = this.queries.getQueryCache().findAll({ queryKey: keys.allConversations, type: "active" });
    return [...new Set(lists.map((query) => String(query.queryKey[1])))];
  }

  /** The server's clock when the oldest list of that store on screen was fetched. */
  private fetchedAt(storeId: string): number | undefined {
    const lists = this.queries.getQueriesData<InfiniteData<ConversationPage>>({
      queryKey: keys.conversations(storeId),
      type: "active",
    });
    const times = lists.flatMap(([, data]) => data?.pages[0]?.now ?? []);
    return times.length > 0 ? Math.min(...times) : undefined;
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
