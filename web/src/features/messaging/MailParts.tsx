import { Bot, ChevronDown, ChevronRight, FileWarning, Package, Reply, ShieldQuestion } from "lucide-react";
import { useId, useState } from "react";
import { Link } from "wouter";

import type { MailView } from "../../api/types";
import { paths } from "../../app/paths";
import { strings } from "../../strings";
import css from "./MailParts.module.css";

const words = strings.mail;

/** Above a mail's text: its subject, and what to know of its sender before believing it. */
export function MailHead({ mail, storeId }: { mail: MailView; storeId: string }) {
  const notes = [
    { shown: mail.unverified, Icon: ShieldQuestion, text: words.unverified },
    { shown: mail.other_sender, Icon: Reply, text: words.otherSender },
    { shown: mail.automatic, Icon: Bot, text: words.automatic },
    { shown: mail.unreadable, Icon: FileWarning, text: words.unreadable },
  ].filter((note) => note.shown);
  return (
    <>
      {mail.subject !== "" && (
        <p className={css.subject} dir="auto" data-testid="mail-subject">
          {mail.subject}
        </p>
      )}
      {mail.order_id !== null && mail.order_number !== null && (
        <p className={css.order}>
          <Package size={14} aria-hidden="true" />
          <Link href={paths.order(storeId, mail.order_id)}>{strings.messaging.about(mail.order_number)}</Link>
        </p>
      )}
      {notes.map(({ Icon, text }) => (
        <p key={text} className={css.note} data-testid="mail-note">
          <Icon size={14} aria-hidden="true" />
          {text}
        </p>
      ))}
    </>
  );
}

/** Below it: quotes and signatures, folded away until asked for. Addresses in them are masked by the server. */
export function Folded({ text }: { text: string }) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const Icon = isOpen ? ChevronDown : ChevronRight;
  return (
    <div className={css.folded}>
      <button
        type="button"
        className={css.toggle}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon size={14} aria-hidden="true" />
        {isOpen ? words.hideQuoted : words.showQuoted}
      </button>
      <p id={id} className={css.quoted} dir="auto" hidden={!isOpen}>
        {isOpen ? text : ""}
      </p>
    </div>
  );
}
