import { useState } from "react";

import type { CustomerView, ErasureView, StoreView } from "../../api/types";
import { LoadFailure } from "../../app/Failure";
import { useErasing, useErasure } from "../../data/erasures";
import { explain } from "../../data/explain";
import { Button } from "../../design/Button";
import { Dialog } from "../../design/Dialog";
import { SkeletonRows } from "../../design/Skeleton";
import { dateAndTime } from "../../domain/times";
import { eraseWords as words } from "../../eraseWords";
import { strings } from "../../strings";
import css from "./MergeDialog.module.css";

interface EraseDialogProps {
  store: StoreView;
  /** Of the conversation. */
  id: string;
  customer: CustomerView;
  isOpen: boolean;
  onClose: () => void;
}

/** What goes, that it cannot be undone, and then how far it is (X13). */
export default function EraseDialog({ store, id, customer, isOpen, onClose }: EraseDialogProps) {
  const erasure = useErasure(store.id, customer.id);
  return (
    <Dialog
      title={words.title(customer.name || strings.messaging.unnamed)}
      isOpen={isOpen}
      onClose={onClose}
      closeLabel={strings.common.close}
      size="small"
    >
      <div className={css.body}>
        {erasure.isPending && <SkeletonRows label={words.loading} count={2} avatar={false} />}
        {erasure.isError && erasure.data === undefined && (
          <LoadFailure error={erasure.error} retry={() => void erasure.refetch()} />
        )}
        {erasure.data === null && <Confirm store={store} id={id} onClose={onClose} />}
        {erasure.data && <Progress store={store} erasure={erasure.data} />}
      </div>
    </Dialog>
  );
}

function Confirm({ store, id, onClose }: { store: StoreView; id: string; onClose: () => void }) {
  const [isSure, setSure] = useState(false);
  const erase = useErasing(store.id, id);
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (isSure) erase.mutate();
      }}
    >
      <p>{words.lead}</p>
      <ul className={css.points}>
        {words.what.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
      <p className={css.muted}>{words.rest}</p>
      <label className={css.keep}>
        <input type="checkbox" checked={isSure} onChange={(event) => setSure(event.target.checked)} />
        {words.confirm}
      </label>
      {erase.isError && (
        <p role="alert" className={css.problem}>
          {explain(erase.error)}
        </p>
      )}
      <footer className={css.footer}>
        <Button onPress={onClose}>{strings.common.cancel}</Button>
        <Button type="submit" variant="danger" isDisabled={!isSure} isPending={erase.isPending}>
          {words.submit}
        </Button>
      </footer>
    </form>
  );
}

function Progress({ store, erasure }: { store: StoreView; erasure: ErasureView }) {
  const at = (instant: number) => dateAndTime(instant, { timeZone: store.timezone });
  const finished = erasure.finished_at;
  return (
    <div role="status" data-testid="erasure">
      <strong>{finished === null ? words.underWay : words.done}</strong>
      <p>{words.gone(erasure.conversations, erasure.orders)}</p>
      <p className={css.muted}>
        {finished === null ? words.lastLook(at(erasure.last_look_at)) : words.finished(at(finished))}
      </p>
    </div>
  );
}
