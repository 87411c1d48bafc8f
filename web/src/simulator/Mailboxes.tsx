import { ArrowLeft, Mail as MailIcon, Plus } from "lucide-react";
import { useState } from "react";

import { Avatar } from "../design/Avatar";
import { Badge } from "../design/Badge";
import { Button } from "../design/Button";
import { classes } from "../design/classes";
import { EmptyState } from "../design/EmptyState";
import { SearchField } from "../design/Field";
import { AddMailbox } from "./AddMailbox";
import type { Mailbox, MailSetup } from "./api";
import { ownerName } from "./format";
import { MailboxView } from "./MailboxView";
import css from "./Mailboxes.module.css";
import { mailsOf } from "./mailFormat";
import { strings } from "./strings";

/** Customers' mailboxes: a list, and the chosen one beside it; on a narrow screen one of the two at a time. */
export function Mailboxes({ mailboxes, mail }: { mailboxes: Mailbox[]; mail: MailSetup }) {
  const [sought, setSought] = useState("");
  const [adding, setAdding] = useState(false);
  const [chosen, setChosen] = useState<string>();
  const shown = mailboxes.filter((mailbox) => matches(mailbox, sought));
  const open = mailboxes.find((mailbox) => mailbox.address === chosen);
  return (
    <section aria-label={strings.mailboxes} className={css.mailboxes}>
      <div className={classes(css.side, open && css.behind)}>
        <div className={css.bar}>
          <div className={css.search}>
            <SearchField
              label={strings.findMailbox}
              clearLabel={strings.clearSearch}
              value={sought}
              onChange={setSought}
            />
          </div>
          <Button variant="primary" onPress={() => setAdding(true)}>
            <Plus size={16} aria-hidden="true" />
            {strings.addMailbox}
          </Button>
        </div>
        {shown.length > 0 ? (
          <ul className={css.list}>
            {shown.map((mailbox) => (
              <li key={mailbox.address}>
                <Row mailbox={mailbox} isOpen={mailbox === open} onOpen={() => setChosen(mailbox.address)} />
              </li>
            ))}
          </ul>
        ) : (
          <EmptyState
            icon={<MailIcon size={24} />}
            title={mailboxes.length === 0 ? strings.noMailboxes : strings.noMailboxFound}
          >
            {mailboxes.length === 0 ? strings.noMailboxesText : undefined}
          </EmptyState>
        )}
        {mail.smtp_port !== null && <p className={css.door}>{strings.smtpDoor(mail.smtp_port)}</p>}
      </div>
      <div className={classes(css.detail, !open && css.behind)}>
        {open ? (
          <>
            <div className={css.back}>
              <Button size="small" onPress={() => setChosen(undefined)}>
                <ArrowLeft size={15} aria-hidden="true" />
                {strings.allMailboxes}
              </Button>
            </div>
            <MailboxView key={open.address} mailbox={open} setup={mail} />
          </>
        ) : (
          <EmptyState icon={<MailIcon size={24} />} title={strings.chooseMailbox} />
        )}
      </div>
      {adding && (
        <AddMailbox
          onClose={(address) => {
            setAdding(false);
            if (address) setChosen(address);
          }}
        />
      )}
    </section>
  );
}

function Row({ mailbox, isOpen, onOpen }: { mailbox: Mailbox; isOpen: boolean; onOpen: () => void }) {
  const newest = mailsOf(mailbox)[0];
  return (
    <button
      type="button"
      className={css.row}
      aria-label={strings.mailboxOf(ownerName(mailbox.name))}
      aria-current={isOpen || undefined}
      onClick={onOpen}
    >
      <Avatar name={ownerName(mailbox.name)} id={mailbox.address} size="small" />
      <span className={css.who}>
        <span className={css.name}>{ownerName(mailbox.name)}</span>
        <span className={css.last} dir="auto">
          {newest ? newest.subject || strings.noSubject : mailbox.address}
        </span>
      </span>
      {mailbox.behaviour !== "normal" && <Badge tone="warning">{strings.oddMailbox[mailbox.behaviour]}</Badge>}
    </button>
  );
}

function matches(mailbox: Mailbox, sought: string): boolean {
  const words = sought.toLowerCase().trim();
  return mailbox.name.toLowerCase().includes(words) || mailbox.address.includes(words);
}
