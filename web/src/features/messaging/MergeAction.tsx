import { Merge } from "lucide-react";
import { lazy, Suspense, useState } from "react";

import type { CustomerView, StoreView } from "../../api/types";
import { useMerges } from "../../data/merges";
import { Button } from "../../design/Button";
import { dateAndTime } from "../../domain/times";
import { strings } from "../../strings";
import css from "./MergeAction.module.css";

const MergeDialog = lazy(() => import("./MergeDialog"));
const words = strings.merge;

interface MergeActionProps {
  store: StoreView;
  /** Of the conversation. */
  id: string;
  customer: CustomerView;
}

/** Says that this customer is another one, too, and takes back what was said so (X11). */
export function MergeAction({ store, id, customer }: MergeActionProps) {
  const [opened, setOpened] = useState(0);
  const [isOpen, setOpen] = useState(false);
  const open = () => {
    setOpened(opened + 1);
    setOpen(true);
  };
  return (
    <div className={css.action}>
      <Button size="small" variant="quiet" onPress={open}>
        <Merge size={15} aria-hidden="true" />
        {words.open}
      </Button>
      {opened > 0 && (
        <Suspense fallback={null}>
          <MergeDialog
            key={opened}
            store={store}
            id={id}
            customer={customer}
            isOpen={isOpen}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
      {customer.merges.length > 0 && <Merges store={store} id={id} customer={customer} />}
    </div>
  );
}

function Merges({ store, id, customer }: MergeActionProps) {
  const { undo } = useMerges(id);
  return (
    <ul className={css.merges} aria-label={words.list}>
      {customer.merges.map((one) => {
        const name = one.name || strings.messaging.unnamed;
        return (
          <li key={one.id} className={css.merged} data-testid="merge">
            <span className={css.who}>
              <strong>{name}</strong>
              <span className={css.muted}>
                {words.by(dateAndTime(one.at, { timeZone: store.timezone }), one.by_name)}
              </span>
            </span>
            <Button
              size="small"
              onPress={() => undo.mutate(one.id)}
              isPending={undo.isPending}
              aria-label={words.undo(name)}
            >
              {strings.common.undo}
            </Button>
          </li>
        );
      })}
    </ul>
  );
}
