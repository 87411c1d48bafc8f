import { useSyncExternalStore } from "react";

const MINUTE_MS = 60_000;
let now = Date.now();

function subscribe(onTick: () => void): () => void {
  const timer = setInterval(() => {
    now = Date.now();
    onTick();
  }, MINUTE_MS);
  return () => clearInterval(timer);
}

/** The time, to the minute. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}
