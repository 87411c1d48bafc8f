import type { Socket } from "./connection";

/** Opens a browser WebSocket. */
export function openSocket(url: string): Socket {
  // The browser's handlers take an event where ours take less: harmless, but not assignable.
  return new WebSocket(url) as unknown as Socket;
}
