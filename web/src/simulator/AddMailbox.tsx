import { useState } from "react";

import { Button } from "../design/Button";
import { Dialog } from "../design/Dialog";
import { TextField } from "../design/Field";
import css from "./AddPhone.module.css";
import { simulator } from "./api";
import { useAct } from "./live";
import { strings } from "./strings";

/** Asks for a new mailbox's name and address; both have a default. Closes with the address when there is one. */
export function AddMailbox({ onClose }: { onClose: (address?: string) => void }) {
  const [name, setName] = useState("");
  const [address, setAddress] = useState("");
  const add = useAct(simulator.addMailbox, (mailbox) => onClose(mailbox.address), { quiet: true });
  const submit = () => {
    const mailbox: Parameters<typeof simulator.addMailbox>[0] = {};
    if (name.trim()) mailbox.name = name;
    if (address.trim()) mailbox.address = address.trim();
    add.mutate(mailbox);
  };
  return (
    <Dialog title={strings.addMailbox} isOpen onClose={() => onClose()} closeLabel={strings.close} size="small">
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
            label={strings.mailAddress}
            value={address}
            onChange={setAddress}
            type="email"
            error={add.error?.message}
            aria-describedby="mailbox-address-hint"
          />
          <p id="mailbox-address-hint" className={css.hint}>
            {strings.mailAddressHint}
          </p>
        </div>
        <Button type="submit" variant="primary" wide isPending={add.isPending}>
          {strings.add}
        </Button>
      </form>
    </Dialog>
  );
}
