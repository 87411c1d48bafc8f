import { useSyncExternalStore } from "react";

import { useAccount } from "../../data/account";
import { Spinner } from "../../design/Spinner";
import { strings } from "../../strings";
import css from "./ConnectionNotice.module.css";

/** A small sign while nothing is pushed to this page. */
export function ConnectionNotice() {
  const { sync } = useAccount();
  const down = useSyncExternalStore(sync.subscribe, sync.get);
  return (
    <div role="status" data-testid="connection" className={css.place}>
      {down && (
        <span className={css.notice}>
          <Spinner />
          {strings.nav.reconnecting}
        </span>
      )}
    </div>
  );
}
