import { useState } from "react";

import { Button } from "../design/Button";
import { Dialog } from "../design/Dialog";
import { TextField } from "../design/Field";
import css from "./AddPhone.module.css";
import { simulator, type Behaviour } from "./api";
import { useAct } from "./live";
import { Select } from "../design/Select";
import { strings } from "./strings";

/** Asks for a new phone's name, number and behaviour; all have a default. */
export function AddPhone({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState("");
  const [number, setNumber] = useState("");
  const [behaviour, setBehaviour] = useState<Behaviour>("normal");
  const add = useAct(simulator.addPhone, onClose, { quiet: true });
  const submit = () => {
    const phone: Parameters<typeof simulator.addPhone>[0] = { behaviour };
    if (name.trim()) phone.name = name;
    if (number.trim()) phone.number = number.replace(/[\s()-]/g, "");
    add.mutate(phone);
  };
  return (
    <Dialog title={strings.addPhone} isOpen onClose={onClose} closeLabel={strings.close} size="small">
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <TextField label={strings.phoneName} value={name} onChange={setName} maxLength={80} />
        <div>
          <TextField
            label={strings.phoneNumber}
            value={number}
            onChange={setNumber}
            type="tel"
            error={add.error?.message}
            aria-describedby="phone-number-hint"
          />
          <p id="phone-number-hint" className={css.hint}>
            {strings.phoneNumberHint}
          </p>
        </div>
        <Select label={strings.behaviour} value={behaviour} onChange={(value) => setBehaviour(value as Behaviour)}>
          {Object.entries(strings.behaviours).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
        <Button type="submit" variant="primary" wide isPending={add.isPending}>
          {strings.add}
        </Button>
      </form>
    </Dialog>
  );
}
