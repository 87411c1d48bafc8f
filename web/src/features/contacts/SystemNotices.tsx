import { BellRing } from "lucide-react";
import { useState } from "react";

import { Button } from "../../design/Button";
import css from "./Reminders.module.css";
import { words } from "./words";

/** Asks, by a click, whether the computer may tell of reminders while the app is open behind other windows. */
export function SystemNotices() {
  const [allowed, setAllowed] = useState(() => ("Notification" in window ? Notification.permission : null));
  if (allowed === null) return null;
  if (allowed !== "default")
    return <span className={css.muted}>{allowed === "granted" ? words.allowed : words.blocked}</span>;
  return (
    <Button size="small" variant="quiet" onPress={() => void Notification.requestPermission().then(setAllowed)}>
      <BellRing size={15} aria-hidden="true" />
      {words.allow}
    </Button>
  );
}
