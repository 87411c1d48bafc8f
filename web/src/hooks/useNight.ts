import { useEffect, useRef, useState } from "react";

import type { ClockView } from "../api/types";
import { nextTurn, waitsUntil } from "../domain/night";

const LONGEST_TIMER_MS = 86_400_000;

/** Until when a text sent now would wait, kept current to the instant; null: it goes out. `over`: a night has ended. */
export function useNight(clock: ClockView, over: () => void): number | null {
  const [now, setNow] = useState(Date.now);
  const toldOf = useRef<number | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const ended = () => {
      // Once for each: where this device's clock is ahead, the server's answer is the same night again.
      if (clock.quiet_until === null || toldOf.current === clock.quiet_until) return;
      toldOf.current = clock.quiet_until;
      over();
    };
    const look = () => {
      const current = Date.now();
      setNow(current);
      const pause = nextTurn(clock, current);
      if (pause === null) ended();
      else timer = setTimeout(look, Math.min(pause, LONGEST_TIMER_MS));
    };
    look();
    return () => clearTimeout(timer);
  }, [clock, over]);
  return waitsUntil(clock, now);
}
