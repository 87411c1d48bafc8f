import { lazy, Suspense, useState } from "react";
import { useLocation } from "wouter";

import type { BulkView, StoreView } from "../../api/types";
import { paths } from "../../app/paths";
import { MOST } from "../../data/bulk";
import { useBroke } from "../../data/credits";
import { Button } from "../../design/Button";
import { keyring } from "../../domain/keys";
import { useLazyDialog } from "../../hooks/useLazyDialog";
import css from "./Bulk.module.css";
import { words } from "./words";

const BulkDialog = lazy(() => import("./BulkDialog"));

interface BulkBarProps {
  store: StoreView;
  to: BulkView["to"];
  chosen: ReadonlySet<string>;
  choose: (chosen: ReadonlySet<string>) => void;
  /** Finds all there are to choose; `found`: how many so far, null while it does not look. */
  every: { found: number | null; run: () => Promise<string[]>; stop: () => void };
}

/** What can be done with those that are ticked (L13). */
export function BulkBar({ store, to, chosen, choose, every }: BulkBarProps) {
  const [, go] = useLocation();
  const dialog = useLazyDialog();
  const broke = useBroke(store);
  const [keyOf] = useState(keyring);
  return (
    <div role="group" aria-label={words.bar[to]} className={css.bar}>
      <p role="status" className={css.chosen}>
        {every.found === null ? words.chosen(to, chosen.size) : words.loadingAll(every.found)}
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
              to={to}
              ids={[...chosen]}
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
