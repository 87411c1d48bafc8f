import { useState } from "react";

import type { BulkView, StoreView } from "../../api/types";
import { LoadFailure } from "../../app/Failure";
import { isOver, useBulk, useSteerBulk } from "../../data/bulk";
import { Button } from "../../design/Button";
import { ConfirmDialog } from "../../design/Dialog";
import { SkeletonRows } from "../../design/Skeleton";
import { dateAndTime } from "../../domain/times";
import { useNow } from "../../hooks/useNow";
import css from "./Bulk.module.css";
import { Progress, State } from "./Progress";
import { Results } from "./Results";
import { words } from "./words";

/** How far one is, the ways to steer it, and what became of each. */
export function OneBulk({ store, id }: { store: StoreView; id: string }) {
  const bulk = useBulk(store.id, id);
  if (bulk.isPending) return <SkeletonRows label={words.loading} avatar={false} />;
  if (!bulk.data) return <LoadFailure error={bulk.error} retry={() => void bulk.refetch()} />;
  return (
    <>
      <header className={css.header}>
        <h1 className={css.heading}>{words.heading}</h1>
        <State bulk={bulk.data} />
        <Steering store={store} bulk={bulk.data} />
      </header>
      <blockquote className={css.quote} dir="auto">
        {bulk.data.text}
      </blockquote>
      <p className={css.muted}>
        {words.startedBy(bulk.data.sender_name, dateAndTime(bulk.data.made_at, { timeZone: store.timezone }))}
      </p>
      <Progress bulk={bulk.data} />
      <Why store={store} bulk={bulk.data} />
      <Results store={store} bulk={bulk.data} />
    </>
  );
}

/** What it waits for, and whether that needs somebody. */
function Why({ store, bulk }: { store: StoreView; bulk: BulkView }) {
  const now = useNow();
  if (isOver(bulk)) return null;
  const said =
    bulk.state === "paused"
      ? `${words.pausedBy[bulk.paused_by ?? "hand"]} ${words.soon}`
      : bulk.due_at > now
        ? words.waiting(dateAndTime(bulk.due_at, { timeZone: store.timezone }))
        : bulk.sent + bulk.unsent === 0
          ? words.beginning
          : words.running;
  return (
    <p role="status" className={bulk.state === "paused" ? css.warning : css.muted}>
      {said}
    </p>
  );
}

function Steering({ store, bulk }: { store: StoreView; bulk: BulkView }) {
  const steer = useSteerBulk(store.id, bulk.id);
  const [asking, setAsking] = useState(false);
  if (isOver(bulk)) return null;
  const other = bulk.state === "paused" ? "resume" : "pause";
  return (
    <div className={css.steering}>
      <Button
        variant={other === "resume" ? "primary" : "secondary"}
        isPending={steer.isPending && steer.variables === other}
        onPress={() => steer.mutate(other)}
      >
        {words[other]}
      </Button>
      <Button variant="quiet" onPress={() => setAsking(true)}>
        {words.cancel}
      </Button>
      <ConfirmDialog
        title={words.cancelTitle}
        isOpen={asking}
        isPending={steer.isPending}
        onCancel={() => setAsking(false)}
        onConfirm={() => steer.mutate("cancel", { onSettled: () => setAsking(false) })}
        confirmLabel={words.cancel}
        cancelLabel={words.keep}
      >
        {words.cancelText(bulk.to, bulk.total - bulk.sent - bulk.unsent)}
      </ConfirmDialog>
    </div>
  );
}
