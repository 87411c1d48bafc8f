/** Gathers what comes in a burst: runs at once, then at most once per `pause` milliseconds with all that came since. */
export function batched<T>(run: (items: T[]) => void, pause: number): (items: T[]) => void {
  let waiting: T[] = [];
  let resting = false;
  const flush = () => {
    const items = waiting;
    waiting = [];
    resting = items.length > 0;
    if (!resting) return;
    setTimeout(flush, pause);
    run(items);
  };
  return (items) => {
    waiting.push(...items);
    if (!resting) flush();
  };
}
