import { Moon } from "lucide-react";
import { useCallback } from "react";

import { useAccount } from "../../data/account";
import { keys } from "../../data/keys";
import { useNight } from "../../hooks/useNight";
import { useNow } from "../../hooks/useNow";
import { strings } from "../../strings";
import { clockThere, spelled, type Clocks } from "./clocks";
import css from "./WindowNote.module.css";

const words = strings.night;

/** Above the box to write in: it is night where the customer is, and until when a text waits (X4). */
export function NightNote({ conversationId, name, clocks }: { conversationId: string; name: string; clocks: Clocks }) {
  const { queries } = useAccount();
  const now = useNow();
  const ask = useCallback(
    () => void queries.invalidateQueries({ queryKey: keys.thread(conversationId) }),
    [queries, conversationId],
  );
  const until = useNight(clocks.clock, ask);
  if (until === null) return null;
  return (
    <p className={css.left} data-testid="night-note">
      <Moon size={14} aria-hidden="true" />
      <span>
        {words.note(name, clockThere(now, clocks))} {words.waits(spelled(until, now, clocks))}
      </span>
    </p>
  );
}
