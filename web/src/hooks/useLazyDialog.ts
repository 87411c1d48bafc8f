import { useState } from "react";

/** A dialog that is loaded when it is first opened. */
export function useLazyDialog() {
  const [state, setState] = useState<"unknown" | "open" | "closed">("unknown");
  return {
    wasOpen: state !== "unknown",
    isOpen: state === "open",
    open: () => setState("open"),
    close: () => setState("closed"),
  };
}
