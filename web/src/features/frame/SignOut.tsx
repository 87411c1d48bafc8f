import { useState } from "react";

import { useAccount } from "../../data/account";
import { ConfirmDialog } from "../../design/Dialog";
import { strings } from "../../strings";

/** Signs out, after asking when texts would be lost. */
export function useSignOut() {
  const account = useAccount();
  const [unsent, setUnsent] = useState(0);
  const ask = () => {
    const count = account.outbox.get().length;
    if (count > 0) setUnsent(count);
    else account.leave();
  };
  return { unsent, ask, cancel: () => setUnsent(0), leave: account.leave };
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
