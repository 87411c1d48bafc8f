import { BatteryFull, Signal, Trash2, Wifi } from "lucide-react";
import { useState } from "react";

import { Avatar } from "../design/Avatar";
import { IconButton } from "../design/Button";
import { ConfirmDialog } from "../design/Dialog";
import { simulator, type Behaviour, type Phone, type Store, type Text } from "./api";
import { Composer } from "./Composer";
import { ownerName, prettyNumber } from "./format";
import { useAct } from "./live";
import css from "./PhoneDevice.module.css";
import { Select } from "../design/Select";
import { strings } from "./strings";
import { Texts } from "./Texts";

/** One phone: whose it is, how it behaves, its texts, and a line to write. */
export function PhoneDevice({ phone, stores }: { phone: Phone; stores: Store[] }) {
  const [quoted, setQuoted] = useState<Text>();
  const change = useAct((behaviour: Behaviour) => simulator.changePhone(phone.number, { behaviour }));
  // The choice shows at once, not only when the simulator has confirmed it.
  const behaviour = change.isPending ? change.variables : phone.behaviour;
  return (
    <article aria-label={strings.phoneOf(phone.name)} className={css.device}>
      <div className={css.screen}>
        <div className={css.top} aria-hidden="true">
          <span className={css.island} />
          <span className={css.signs}>
            <Signal size={12} />
            <Wifi size={12} />
            <BatteryFull size={14} />
          </span>
        </div>
        <header className={css.header}>
          <Avatar name={ownerName(phone.name)} id={phone.number} size="small" />
          <div className={css.owner}>
            <h2 className={css.name} title={phone.name}>
              {ownerName(phone.name)}
            </h2>
            <p className={css.number}>{prettyNumber(phone.number)}</p>
          </div>
          <Remove phone={phone} />
        </header>
        <div className={css.behaviour} data-odd={behaviour !== "normal" || undefined}>
          <Select
            quiet
            hideLabel
            label={strings.behaviour}
            value={behaviour}
            onChange={(value) => change.mutate(value as Behaviour)}
          >
            {Object.entries(strings.behaviours).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        </div>
        <Texts phone={phone} stores={stores} onQuote={setQuoted} />
        <Composer phone={phone} stores={stores} quoted={quoted} onQuote={setQuoted} />
      </div>
    </article>
  );
}

function Remove({ phone }: { phone: Phone }) {
  const [asking, setAsking] = useState(false);
  const remove = useAct(() => simulator.removePhone(phone.number));
  return (
    <>
      <IconButton label={strings.removePhone} size="small" onPress={() => setAsking(true)}>
        <Trash2 size={15} aria-hidden="true" />
      </IconButton>
      <ConfirmDialog
        title={strings.removeTitle(phone.name)}
        isOpen={asking}
        isPending={remove.isPending}
        onCancel={() => setAsking(false)}
        onConfirm={() => remove.mutate(undefined)}
        confirmLabel={strings.remove}
        cancelLabel={strings.keep}
      >
        {strings.removeText}
      </ConfirmDialog>
    </>
  );
}
