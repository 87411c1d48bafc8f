import { lazy, type ComponentType, type LazyExoticComponent } from "react";

const TRIES = 20;
const PAUSE_MS = 3_000;

/**
 * As React's `lazy`, for what a page shows by itself: without a network the page stays as it is, and the part comes when
 * it can be loaded. (What people ask for with a button may fail loudly.)
 */
export function quietly<P>(load: () => Promise<{ default: ComponentType<P> }>): LazyExoticComponent<ComponentType<P>> {
  return lazy(async () => {
    for (let tried = 0; tried < TRIES; tried += 1) {
      try {
        return await load();
      } catch {
        await networkOrPause();
      }
    }
    return { default: () => null };
  });
}

function networkOrPause(): Promise<void> {
  return new Promise((done) => {
    const go = () => {
      clearTimeout(timer);
      removeEventListener("online", go);
      done();
    };
    const timer = setTimeout(go, PAUSE_MS);
    addEventListener("online", go);
  });
}
