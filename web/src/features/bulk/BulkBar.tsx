import { lazy, Suspense, useState } from "react";
import { useLocation } from "wouter";

import type { StoreView } from "../../api/types";
import { paths } from "../../app/paths";
import { MOST, useEveryOrder } from "../../data/bulk";
import { useBroke } from "../../data/credits";
import type { useOrders } from "../../data/queries";
import { Button } from "../../design/Button";
import { keyring } from "../../domain/keys";
import { useLazyDialog } from "../../hooks/useLazyDialog";
import css from "./Bulk.module.css";
import { words } from "./words";

const BulkDialog = lazy(() => import("./BulkDialog"));

interface BulkBarProps {
  store: StoreView;
  orders: ReturnType<typeof useOrders>;
  chosen: ReadonlySet<string>;
  choose: (chosen: ReadonlySet<string>) => void;
}

/** What can be done with the orders that are ticked (L13). */
export default function BulkBar({ store, orders, chosen, choose }: BulkBarProps) {
  const [, go] = useLocation();
  const dialog = useLazyDialog();
  const every = useEveryOrder(orders);
  const broke = useBroke(store);
  const [keyOf] = useState(keyring);
  return (
    <div role="group" aria-label={words.bar} className={css.bar}>
      <p role="status" className={css.chosen}>
        {every.found === null ? words.chosen(chosen.size) : words.loadingAll(every.found)}
      </p>
      {every.found === null ? (
        <Button size="small" variant="quiet" onPress={() => void every.run().then((ids) => choose(new Set(ids)))}>
          {words.chooseAll}
        </Button>
      ) : (
        <Button size="small" variant="quiet" onPress={every.stop}>
          {words.stop}
        </Button>
      )}
      <Button size="small" variant="quiet" isDisabled={chosen.size === 0} onPress={() => choose(new Set())}>
        {words.clear}
      </Button>
      {broke ? (
        <p className={css.muted}>{words.tooFew}</p>
      ) : (
        <Button variant="primary" isDisabled={chosen.size === 0 || every.found !== null} onPress={dialog.open}>
          {words.send}
        </Button>
      )}
      {chosen.size >= MOST && <p className={css.muted}>{words.most}</p>}
      {dialog.wasOpen && (
        <Suspense fallback={null}>
          {dialog.isOpen && (
            <BulkDialog
              store={store}
              orderIds={[...chosen]}
              keyFor={(text) => keyOf([text, ...chosen].join("\n"))}
              onClose={dialog.close}
              onStarted={(id) => go(paths.bulk(store.id, id))}
            />
          )}
        </Suspense>
      )}
    </div>
  );
}
