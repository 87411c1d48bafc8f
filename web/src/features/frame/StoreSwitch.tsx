import { useLocation } from "wouter";
import { ChevronsUpDown } from "lucide-react";

import type { Me, StoreView, Unread } from "../../api/types";
import { paths } from "../../app/paths";
import { mayManage } from "../../domain/permissions";
import { strings } from "../../strings";
import css from "./StoreSwitch.module.css";

/** Which store is shown. Nothing to choose for associates of one store: just its name. */
export function StoreSwitch({ me, store, unread }: { me: Me; store: StoreView | null; unread: Unread | undefined }) {
  const [location, go] = useLocation();
  if (!store) return null;
  if (me.stores.length === 1) return <p className={css.name}>{store.name}</p>;
  const unreadOf = (id: string) => unread?.stores.find((one) => one.store_id === id)?.unread ?? 0;
  const choose = (id: string) => {
    const chosen = me.stores.find((one) => one.id === id);
    if (chosen && mayManage(chosen) && location.includes("/settings")) return go(paths.settings(id));
    go(chosen?.messaging && location.includes("/messaging") ? paths.messaging(id) : paths.orders(id));
  };
  return (
    <div className={css.box}>
      <select
        className={css.select}
        aria-label={strings.nav.store}
        value={store.id}
        onChange={(event) => choose(event.target.value)}
      >
        {me.stores.map((one) => (
          <option key={one.id} value={one.id}>
            {strings.nav.storeOption(one.name, one.id === store.id ? 0 : unreadOf(one.id))}
          </option>
        ))}
      </select>
      <ChevronsUpDown size={14} aria-hidden="true" className={css.arrow} />
    </div>
  );
}
