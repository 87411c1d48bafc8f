import { useEffect, useState } from "react";

import { freeWindow, nextChange, type FreeWindow } from "../domain/freeWindow";

/** The time left, kept current: to the minute, and to the instant when it ends. */
export function useFreeWindow(freeUntil: number | null): FreeWindow {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const look = () => {
      const current = Date.now();
      setNow(current);
      const pause = nextChange(freeUntil, current);
      if (pause !== null) timer = setTimeout(look, pause);
    };
    look();
    return () => clearTimeout(timer);
  }, [freeUntil]);
  return freeWindow(freeUntil, now);
}
