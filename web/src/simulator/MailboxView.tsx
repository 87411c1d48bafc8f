import { PenLine, Trash2 } from "lucide-react";
import { useState } from "react";

import { Button, IconButton } from "../design/Button";
import { ConfirmDialog } from "../design/Dialog";
import { EmptyState } from "../design/EmptyState";
import { simulator, type Mail, type Mailbox, type MailBehaviour, type MailSetup } from "./api";
import { ownerName } from "./format";
import { useAct } from "./live";
import { MailCard } from "./MailCard";
import css from "./MailboxView.module.css";
import { mailsOf } from "./mailFormat";
import { Select } from "../design/Select";
import { strings } from "./strings";
import { WriteMail } from "./WriteMail";

const SHOWN = 60;

/** One mailbox: whose it is, how it behaves, its mail newest first, and what it writes. */
export function MailboxView({ mailbox, setup }: { mailbox: Mailbox; setup: MailSetup }) {
  const [writing, setWriting] = useState<{ answers?: Mail }>();
  const change = useAct((change: { behaviour?: MailBehaviour; verified?: boolean }) =>
    simulator.changeMailbox(mailbox.address, change),
  );
  // The choice shows at once, not only when the simulator has confirmed it.
  const now = { ...mailbox, ...(change.isPending ? change.variables : {}) };
  const mails = mailsOf(mailbox).slice(0, SHOWN);
  return (
    <article aria-label={strings.mailboxOf(ownerName(mailbox.name))} className={css.mailbox}>
      <header className={css.header}>
        <div className={css.owner}>
          <h2 className={css.name}>{ownerName(mailbox.name)}</h2>
          <p className={css.address}>{mailbox.address}</p>
        </div>
        <Button variant="primary" onPress={() => setWriting({})}>
          <PenLine size={15} aria-hidden="true" />
          {strings.newMail}
        </Button>
        <Remove mailbox={mailbox} />
      </header>
      <div className={css.settings}>
        <div className={css.behaviour} data-odd={now.behaviour !== "normal" || undefined}>
          <Select
            quiet
            hideLabel
            label={strings.behaviour}
            value={now.behaviour}
            onChange={(value) => change.mutate({ behaviour: value as MailBehaviour })}
          >
            {Object.entries(strings.mailBehaviours).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        </div>
        <label className={css.verified}>
          <input
            type="checkbox"
            checked={now.verified}
            onChange={(event) => change.mutate({ verified: event.target.checked })}
          />
          {strings.verified}
        </label>
      </div>
      {mails.length > 0 ? (
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- focus lets the keyboard scroll the region
        <div role="log" aria-label={strings.mails(mailbox.name)} tabIndex={0} className={css.mails}>
          {mails.map((mail, index) => (
            <MailCard key={mail.id} mail={mail} isNewest={index === 0} onAnswer={() => setWriting({ answers: mail })} />
          ))}
        </div>
      ) : (
        <EmptyState icon={<PenLine size={24} />} title={strings.noMails}>
          {strings.noMailsText}
        </EmptyState>
      )}
      {writing && (
        <WriteMail mailbox={mailbox} setup={setup} answers={writing.answers} onClose={() => setWriting(undefined)} />
      )}
    </article>
  );
}

function Remove({ mailbox }: { mailbox: Mailbox }) {
  const [asking, setAsking] = useState(false);
  const remove = useAct(() => simulator.removeMailbox(mailbox.address));
  return (
    <>
      <IconButton label={strings.removeMailbox} size="small" onPress={() => setAsking(true)}>
        <Trash2 size={15} aria-hidden="true" />
      </IconButton>
      <ConfirmDialog
        title={strings.removeMailboxTitle(ownerName(mailbox.name))}
        isOpen={asking}
        isPending={remove.isPending}
        onCancel={() => setAsking(false)}
        onConfirm={() => remove.mutate(undefined)}
        confirmLabel={strings.remove}
        cancelLabel={strings.keep}
      >
        {strings.removeMailboxText}
      </ConfirmDialog>
    </>
  );
}
