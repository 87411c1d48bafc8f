import { AddDialog } from "./AddDialog";
import { simulator } from "./api";
import { useAct } from "./live";
import { strings } from "./strings";

/** Asks for a new mailbox's name and address; both have a default. Closes with the address when there is one. */
export function AddMailbox({ onClose }: { onClose: (address?: string) => void }) {
  const add = useAct(simulator.addMailbox, (mailbox) => onClose(mailbox.address), { quiet: true });
  const address = { label: strings.mailAddress, hint: strings.mailAddressHint, type: "email" } as const;
  return <AddDialog title={strings.addMailbox} address={address} adding={add} onClose={() => onClose()} />;
}
