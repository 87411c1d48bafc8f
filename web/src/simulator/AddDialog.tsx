import { useState, type ReactNode } from "react";

import { Button } from "../design/Button";
import { Dialog } from "../design/Dialog";
import { TextField } from "../design/Field";
import css from "./AddDialog.module.css";
import { strings } from "./strings";

type Entered = { name?: string; address?: string };

type Props = {
  title: string;
  address: { label: string; hint: string; type: "tel" | "email" };
  adding: { mutate: (entered: Entered) => void; error: Error | null; isPending: boolean };
  onClose: () => void;
  /** What else is asked for. */
  children?: ReactNode;
};

/** Asks for the name and the address of somebody new; what is left empty gets a default. */
export function AddDialog({ title, address, adding, onClose, children }: Props) {
  const [name, setName] = useState("");
  const [written, setWritten] = useState("");
  const submit = () =>
    adding.mutate({
      ...(name.trim() && { name }),
      ...(written.trim() && { address: written.trim() }),
    });
  return (
    <Dialog title={title} isOpen onClose={onClose} closeLabel={strings.close} size="small">
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
            label={address.label}
            value={written}
            onChange={setWritten}
            type={address.type}
            error={adding.error?.message}
            aria-describedby="new-address-hint"
          />
          <p id="new-address-hint" className={css.hint}>
            {address.hint}
          </p>
        </div>
        {children}
        <Button type="submit" variant="primary" wide isPending={adding.isPending}>
          {strings.add}
        </Button>
      </form>
    </Dialog>
  );
}
