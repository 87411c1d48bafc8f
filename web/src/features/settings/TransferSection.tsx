import { useState } from "react";

import type { PersonView, StoreView, TransferList, TransferView } from "../../api/types";
import { LoadFailure } from "../../app/Failure";
import { Badge } from "../../design/Badge";
import { Button } from "../../design/Button";
import { EmptyState } from "../../design/EmptyState";
import { Select } from "../../design/Select";
import { SkeletonRows } from "../../design/Skeleton";
import { dayAndTime } from "../../domain/times";
import { useNow } from "../../hooks/useNow";
import { strings } from "../../strings";
import { useTransfers, useTransferring } from "./queries";
import { SectionHeading } from "./SectionHeading";
import css from "./TransferSection.module.css";
import { words as all } from "./words";

const words = all.transfers;

/** A leaver's contacts go to a colleague: choose both, see how many, watch it, undo it. */
export function TransferSection({ store }: { store: StoreView }) {
  const transfers = useTransfers(store.id);
  return (
    <>
      <SectionHeading title={words.name}>{words.lead}</SectionHeading>
      {transfers.isPending && <SkeletonRows count={3} label={words.loading} avatar={false} />}
      {transfers.isError && !transfers.data && (
        <LoadFailure error={transfers.error} retry={() => void transfers.refetch()} />
      )}
      {transfers.data && <Transfers store={store} of={transfers.data} />}
    </>
  );
}

function Transfers({ store, of }: { store: StoreView; of: TransferList }) {
  const work = useTransferring(store.id);
  return (
    <>
      {of.people.length < 2 ? (
        <EmptyState title={words.nobody}>{words.nobodyText}</EmptyState>
      ) : (
        <Form people={of.people} isPending={work.isPending} onStart={(from, to) => work.mutate({ from, to })} />
      )}
      {of.transfers.length > 0 && (
        <>
          <h3 className={css.heading}>{words.done}</h3>
          <ul className={css.list} aria-label={words.done}>
            {of.transfers.map((one) => (
              <Row
                key={one.id}
                store={store}
                transfer={work.progress?.id === one.id ? work.progress : one}
                isPending={work.isPending}
                onContinue={() => work.mutate({ go: one.id })}
                onUndo={() => work.mutate({ undo: one.id })}
              />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

interface FormProps {
  people: PersonView[];
  isPending: boolean;
  onStart: (from: string, to: string) => void;
}

function Form({ people, isPending, onStart }: FormProps) {
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const giver = people.find((one) => one.id === from);
  const receiver = people.find((one) => one.id === to && one.id !== from);
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (giver && receiver) onStart(giver.id, receiver.id);
      }}
    >
      <Select label={words.from} value={from} onChange={setFrom}>
        <option value="">{words.choose}</option>
        {people.map((one) => (
          <option key={one.id} value={one.id}>
            {words.person(one.name, one.contacts)}
          </option>
        ))}
      </Select>
      <Select label={words.to} value={receiver ? to : ""} onChange={setTo}>
        <option value="">{words.choose}</option>
        {people
          .filter((one) => one.id !== from)
          .map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
      </Select>
      <p className={css.preview} role="status">
        {giver && receiver ? words.preview(giver.contacts, giver.name, receiver.name) : words.hint}
      </p>
      <Button type="submit" variant="primary" isDisabled={!giver || !receiver} isPending={isPending}>
        {words.start}
      </Button>
    </form>
  );
}

interface RowProps {
  store: StoreView;
  transfer: TransferView;
  isPending: boolean;
  onContinue: () => void;
  onUndo: () => void;
}

function Row({ store, transfer, isPending, onContinue, onUndo }: RowProps) {
  const now = useNow();
  const undone = transfer.undone_at !== null;
  const moved = Math.max(transfer.total - transfer.left, 0);
  return (
    <li className={css.row} data-testid="transfer-row">
      <span className={css.who}>
        <span className={css.names}>{words.names(transfer.from_name, transfer.to_name)}</span>
        <span className={css.muted}>
          {words.by(transfer.by_name, dayAndTime(transfer.at, now, { timeZone: store.timezone }, strings.time))}
        </span>
      </span>
      {transfer.finished ? (
        <Badge tone={undone ? "neutral" : "success"}>
          {undone ? words.undone(transfer.undone_by_name ?? "") : words.moved(transfer.total)}
        </Badge>
      ) : (
        <span className={css.progress}>
          <progress
            max={Math.max(transfer.total, 1)}
            value={moved}
            aria-label={words.progress(moved, transfer.total)}
          />
          <span className={css.muted}>{words.progress(moved, transfer.total)}</span>
        </span>
      )}
      {!transfer.finished && (
        <Button size="small" isPending={isPending} onPress={onContinue}>
          {words.go}
        </Button>
      )}
      {transfer.finished && !undone && (
        <Button size="small" isDisabled={isPending} onPress={onUndo}>
          {strings.common.undo}
        </Button>
      )}
    </li>
  );
}
