import { useState } from "react";

import type { Api } from "../../api/api";
import { useAccount } from "../../data/account";
import { ConfirmDialog } from "../../design/Dialog";
import { pushed } from "../../outbox/pushed";
import { strings } from "../../strings";

const LONGEST_MS = 3_000;

/** Signs out, after asking when texts would be lost. */
export function useSignOut() {
  const account = useAccount();
  const [unsent, setUnsent] = useState(0);
  const leave = () => void forgetDevice(account.api).finally(account.leave);
  const ask = () => {
    const count = account.outbox.get().length;
    if (count > 0) setUnsent(count);
    else leave();
  };
  return { unsent, ask, cancel: () => setUnsent(0), leave };
}

/** A browser that is woken for them is not any more, if that can be had within a moment. */
async function forgetDevice(api: Api): Promise<void> {
  if (pushed.get() === null) return;
  const forgotten = import("../contacts/push").then(({ switchOff }) => switchOff(api));
  const late = new Promise((done) => setTimeout(done, LONGEST_MS));
  await Promise.race([forgotten, late]).catch(() => undefined);
}

export function SignOutConfirm({ unsent, cancel, leave }: Omit<ReturnType<typeof useSignOut>, "ask">) {
  return (
    <ConfirmDialog
      title={strings.nav.signOutTitle}
      isOpen={unsent > 0}
      onCancel={cancel}
      onConfirm={leave}
      confirmLabel={strings.nav.signOut}
      cancelLabel={strings.common.cancel}
    >
      <p>{strings.nav.signOutText(unsent)}</p>
    </ConfirmDialog>
  );
}
