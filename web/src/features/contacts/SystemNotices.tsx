import { useMutation, useQuery } from "@tanstack/react-query";
import { BellRing } from "lucide-react";
import { useState } from "react";

import { useAccount } from "../../data/account";
import { explain } from "../../data/explain";
import { keys } from "../../data/keys";
import { Button } from "../../design/Button";
import { showToast } from "../../design/toasts";
import { pushState, switchOff, switchOn } from "./push";
import css from "./Reminders.module.css";
import { words } from "./words";

/** How this browser tells of reminders when one looks at something else: woken while the app is closed, too, where the
 * installation can; else while the app is open behind other windows. */
export function SystemNotices({ userId }: { userId: string }) {
  const { api, queries } = useAccount();
  const queryKey = keys.push(userId);
  const { data: state } = useQuery({ queryKey, queryFn: () => pushState(api, userId), staleTime: 0 });
  const turn = useMutation({
    mutationFn: (on: boolean) => (on ? switchOn(api, userId) : switchOff(api)),
    onSuccess: (now) => {
      queries.setQueryData(queryKey, now);
      if (now === "on" || now === "off") showToast(words.push[now]);
    },
    onError: (error) => {
      void queries.invalidateQueries({ queryKey });
      showToast(error instanceof DOMException ? words.push.failed : explain(error), { tone: "danger" });
    },
  });
  if (state === undefined) return null;
  if (state === "none") return <WhileOpen />;
  if (state === "unsupported" || state === "install" || state === "denied")
    return <p className={css.muted}>{words.push[state]}</p>;
  return (
    <label className={css.switch}>
      <input
        type="checkbox"
        role="switch"
        checked={state === "on"}
        aria-busy={turn.isPending}
        disabled={turn.isPending}
        onChange={(event) => turn.mutate(event.target.checked)}
      />
      {turn.isPending ? words.push.turning : words.push.label}
    </label>
  );
}

function WhileOpen() {
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
