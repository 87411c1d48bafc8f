import { beforeEach, describe, expect, it, vi } from "vitest";

import { Connection, type Activity, type Socket } from "./connection";
import type { PresenceFrame } from "./presence";

class FakeSocket implements Socket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  sent: string[] = [];
  closed = false;
  constructor(readonly url: string) {}
  send(text: string) {
    this.sent.push(text);
  }
  close() {
    this.closed = true;
  }
}

let sockets: FakeSocket[];
let tickets: number;
let ticketFails: boolean;
let seen: string[];
let activities: Activity[];
let presence: PresenceFrame[];
let connection: Connection;

const settle = () => vi.advanceTimersByTimeAsync(0);
const last = () => {
  const socket = sockets.at(-1);
  if (!socket) throw new Error("no socket was opened");
  return socket;
};
const activity: Activity = { type: "conversation", store_id: "s", id: "c", at: 1 };

beforeEach(() => {
  vi.useFakeTimers();
  [sockets, tickets, ticketFails, seen, activities, presence] = [[], 0, false, [], [], []];
  connection = new Connection({
    ticket: () => {
      tickets += 1;
      return ticketFails ? Promise.reject(new Error("down")) : Promise.resolve(`ws://x/${tickets}`);
    },
    open: (url) => {
      const socket = new FakeSocket(url);
      sockets.push(socket);
      return socket;
    },
    activities: (some) => activities.push(...some),
    presence: (frame) => presence.push(frame),
    connected: (gap) => seen.push(gap ? "reconnected" : "connected"),
    disconnected: () => seen.push("disconnected"),
    random: () => 1,
  });
  return () => {
    connection.stop();
    vi.useRealTimers();
  };
});

describe("the realtime connection", () => {
  it("opens with a ticket and passes activities on", async () => {
    connection.start();
    await settle();
    last().onopen?.();
    last().onmessage?.({ data: JSON.stringify({ activities: [activity] }) });
    last().onmessage?.({ data: "nonsense" });
    expect(last().url).toBe("ws://x/1");
    expect(seen).toEqual(["connected"]);
    expect(activities).toEqual([activity]);
  });

  it("says nothing before it is open, and passes on who looks", async () => {
    connection.start();
    await settle();
    connection.say({ action: "view" });
    last().onopen?.();
    connection.say({ action: "view" });
    last().onmessage?.({ data: JSON.stringify({ presence: { conversation_id: "c", people: [] } }) });
    last().onmessage?.({ data: '{"presence":{"people":7}}' });
    last().onmessage?.({ data: "null" });
    expect(last().sent).toEqual(['{"action":"view"}']);
    expect(presence).toEqual([{ conversation_id: "c", people: [] }]);
  });

  it("comes back with a new ticket and tells of the gap", async () => {
    connection.start();
    await settle();
    last().onopen?.();
    last().onclose?.();
    expect(seen).toEqual(["connected", "disconnected"]);
    await vi.advanceTimersByTimeAsync(500);
    last().onopen?.();
    expect(last().url).toBe("ws://x/2");
    expect(seen).toEqual(["connected", "disconnected", "reconnected"]);
  });

  it("waits longer after each failure, at most 30 seconds, and reports the outage once", async () => {
    ticketFails = true;
    connection.start();
    await settle();
    const waits: number[] = [];
    for (let failure = 0; failure < 8; failure += 1) {
      const before = tickets;
      let waited = 0;
      while (tickets === before) {
        await vi.advanceTimersByTimeAsync(500);
        waited += 500;
      }
      waits.push(waited);
    }
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16000, 30000, 30000]);
    expect(seen).toEqual(["disconnected"]);
  });

  it("spreads reconnections by jitter", async () => {
    const quick = new Connection({
      ticket: () => ((tickets += 1), Promise.reject(new Error("down"))),
      open: (url) => new FakeSocket(url),
      activities: () => undefined,
      presence: () => undefined,
      connected: () => undefined,
      disconnected: () => undefined,
      random: () => 0,
    });
    quick.start();
    await vi.advanceTimersByTimeAsync(250);
    expect(tickets).toBe(2);
    quick.stop();
  });

  it("notices a dead socket by the missing pong", async () => {
    connection.start();
    await settle();
    last().onopen?.();
    await vi.advanceTimersByTimeAsync(4 * 60_000);
    expect(last().sent).toEqual(['{"action":"ping"}']);
    const dead = last();
    await vi.advanceTimersByTimeAsync(8_000);
    expect(dead.closed).toBe(true);
    expect(seen).toEqual(["connected", "disconnected"]);
  });

  it("keeps a socket that answers", async () => {
    connection.start();
    await settle();
    last().onopen?.();
    connection.check();
    last().onmessage?.({ data: '{"pong":true}' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sockets).toHaveLength(1);
    expect(seen).toEqual(["connected"]);
  });

  it("gives up on a socket that never opens", async () => {
    connection.start();
    await settle();
    await vi.advanceTimersByTimeAsync(10_500);
    expect(sockets).toHaveLength(2);
  });

  it("tries at once when the page comes back", async () => {
    ticketFails = true;
    connection.start();
    await vi.advanceTimersByTimeAsync(20_000);
    const before = tickets;
    ticketFails = false;
    connection.check();
    await settle();
    expect(tickets).toBe(before + 1);
    expect(sockets).toHaveLength(1);
  });

  it("is quiet once stopped", async () => {
    connection.start();
    await settle();
    last().onopen?.();
    connection.stop();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(tickets).toBe(1);
    expect(last().closed).toBe(true);
  });
});
