import { useId, useState } from "react";

import type { CustomerView, StoreView } from "../../api/types";
import { LoadFailure } from "../../app/Failure";
import { explain } from "../../data/explain";
import { useMerges, useOther, type Chosen } from "../../data/merges";
import { Avatar } from "../../design/Avatar";
import { Badge } from "../../design/Badge";
import { Button } from "../../design/Button";
import { Dialog } from "../../design/Dialog";
import { SkeletonRows } from "../../design/Skeleton";
import { strings } from "../../strings";
import css from "./MergeDialog.module.css";
import { MergeSearch } from "./MergeSearch";

const words = strings.merge;

interface MergeDialogProps {
  store: StoreView;
  /** Of the conversation. */
  id: string;
  customer: CustomerView;
  isOpen: boolean;
  onClose: () => void;
}

/** Another customer is found, both are compared, and one of them is kept (X11). */
export default function MergeDialog({ store, id, customer, isOpen, onClose }: MergeDialogProps) {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  return (
    <Dialog
      title={chosen ? words.compare : words.title}
      isOpen={isOpen}
      onClose={onClose}
      closeLabel={strings.common.close}
    >
      {chosen ? (
        <Compare id={id} customer={customer} chosen={chosen} onBack={() => setChosen(null)} onDone={onClose} />
      ) : (
        <MergeSearch store={store} id={id} customer={customer} onChoose={setChosen} />
      )}
    </Dialog>
  );
}

interface CompareProps {
  id: string;
  customer: CustomerView;
  chosen: Chosen;
  onBack: () => void;
  onDone: () => void;
}

function Compare({ id, customer, chosen, onBack, onDone }: CompareProps) {
  const other = useOther(chosen);
  const { merge } = useMerges(id);
  // Whoever has a name, unless both have.
  const [choice, setChoice] = useState<"this" | "other" | null>(null);
  const kept = choice ?? (customer.name === "" && other.data?.name ? "other" : "this");
  const isOne = other.data?.id === customer.id;
  const submit = () => {
    if (!other.data) return;
    const keepOther = kept === "other";
    merge.mutate({ chosen, keepOther, goneId: keepOther ? customer.id : other.data.id }, { onSuccess: onDone });
  };
  return (
    <div className={css.body}>
      {other.isPending && <SkeletonRows label={strings.customer.loading} count={3} />}
      {other.isError && !other.data && <LoadFailure error={other.error} retry={() => void other.refetch()} />}
      {other.data && isOne && <p>{words.already}</p>}
      {other.data && !isOne && (
        <>
          <p className={css.muted}>{words.compareText}</p>
          <fieldset className={css.pair}>
            <legend className={css.legend}>{words.keep}</legend>
            <Card customer={customer} isKept={kept === "this"} onKeep={() => setChoice("this")} />
            <Card customer={other.data} isKept={kept === "other"} onKeep={() => setChoice("other")} />
          </fieldset>
        </>
      )}
      {merge.isError && (
        <p role="alert" className={css.problem}>
          {explain(merge.error)}
        </p>
      )}
      <footer className={css.footer}>
        <Button onPress={onBack}>{strings.common.back}</Button>
        {other.data && !isOne && (
          <Button variant="primary" onPress={submit} isPending={merge.isPending}>
            {words.submit}
          </Button>
        )}
      </footer>
    </div>
  );
}

interface CardProps {
  customer: CustomerView;
  isKept: boolean;
  onKeep: () => void;
}

function Card({ customer, isKept, onKeep }: CardProps) {
  const radio = useId();
  const name = customer.name || strings.messaging.unnamed;
  const addresses = [...customer.phones, ...customer.emails];
  return (
    <div className={css.card} data-testid="merge-card" data-kept={isKept}>
      <Avatar name={customer.name} />
      <strong className={css.name}>{name}</strong>
      <Badge tone={customer.kind === "member" ? "accent" : "neutral"}>{strings.customer.kinds[customer.kind]}</Badge>
      <ul className={css.addresses}>
        {addresses.length === 0 && <li>{words.noAddress}</li>}
        {addresses.map((address, place) => (
          <li key={place}>{address}</li>
        ))}
      </ul>
      <p className={css.muted}>{words.ordersHere(customer.orders.length)}</p>
      <label htmlFor={radio} className={css.keep}>
        <input id={radio} type="radio" name="kept" checked={isKept} onChange={onKeep} />
        {words.keepThis(name)}
      </label>
    </div>
  );
}
