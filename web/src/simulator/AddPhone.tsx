import { useState } from "react";

import { AddDialog } from "./AddDialog";
import { simulator, type Behaviour } from "./api";
import { useAct } from "./live";
import { Select } from "../design/Select";
import { strings } from "./strings";

/** Asks for a new phone's name, number and behaviour; all have a default. */
export function AddPhone({ onClose }: { onClose: () => void }) {
  const [behaviour, setBehaviour] = useState<Behaviour>("normal");
  const add = useAct(
    ({ name, address }: { name?: string; address?: string }) =>
      simulator.addPhone({
        behaviour,
        ...(name && { name }),
        ...(address && { number: address.replace(/[\s()-]/g, "") }),
      }),
    onClose,
    { quiet: true },
  );
  const number = { label: strings.phoneNumber, hint: strings.phoneNumberHint, type: "tel" } as const;
  return (
    <AddDialog title={strings.addPhone} address={number} adding={add} onClose={onClose}>
      <Select label={strings.behaviour} value={behaviour} onChange={(value) => setBehaviour(value as Behaviour)}>
        {Object.entries(strings.behaviours).map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </Select>
    </AddDialog>
  );
}
