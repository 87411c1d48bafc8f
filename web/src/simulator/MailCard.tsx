import { ChevronDown, CornerUpLeft, Paperclip, RotateCw } from "lucide-react";
import { useId, useState } from "react";

import { Badge } from "../design/Badge";
import { Button, IconButton } from "../design/Button";
import { classes } from "../design/classes";
import { showToast } from "../design/toasts";
import { simulator } from "./api";
import { useNow } from "./clock";
import { when } from "./format";
import { useAct, useRepeat } from "./live";
import css from "./MailCard.module.css";
import { mailStatus, pieces, size, type Entry } from "./mailFormat";
import { strings } from "./strings";

/** One mail: a line that says what it is, and opened all of it. The newest is open by itself. */
export function MailCard({ mail, isNewest, onAnswer }: { mail: Entry; isNewest: boolean; onAnswer: () => void }) {
  const [choice, setChoice] = useState<boolean>();
  const content = useId();
  const now = useNow();
  const isOpen = choice ?? isNewest;
  const status = mailStatus(mail);
  const mine = mail.direction === "out";
  return (
    <section className={css.mail} data-testid={mail.missed ? "mail-missed" : mine ? "mail-out" : "mail-in"}>
      <button
        type="button"
        className={css.line}
        aria-expanded={isOpen}
        aria-controls={content}
        onClick={() => setChoice(!isOpen)}
      >
        <span className={css.what}>
          <span className={css.subject} dir="auto">
            {mail.subject || strings.noSubject}
          </span>
          <span className={css.who}>
            {mine ? strings.mailTo(mail.peer) : strings.mailFrom(mail.peer_name, mail.peer)} · {when(mail.at, now)}
          </span>
        </span>
        {mail.automatic && <Badge tone="neutral">{strings.automaticMail}</Badge>}
        <span className={classes(css.status, status.failed && css.failed)} data-testid="mail-status">
          {status.label}
        </span>
        <ChevronDown size={16} aria-hidden="true" className={css.chevron} />
      </button>
      {isOpen && (
        <div id={content} className={css.content}>
          <Body mail={mail} />
          {mail.files.length > 0 && (
            <ul aria-label={strings.attachments} className={css.files}>
              {mail.files.map((file, index) => (
                <li key={index} className={css.file}>
                  <Paperclip size={13} aria-hidden="true" />
                  {file.name || strings.unnamedFile} · {size(file.size)}
                </li>
              ))}
            </ul>
          )}
          {mail.error !== null && <p className={css.error}>{mail.error}</p>}
          <div className={css.actions}>
            {!mine && !mail.missed && (
              <Button size="small" onPress={onAnswer}>
                <CornerUpLeft size={14} aria-hidden="true" />
                {strings.answer}
              </Button>
            )}
            {mail.can_unsubscribe && <Unsubscribe mail={mail} />}
            <Repeat id={mail.id} />
          </div>
        </div>
      )}
    </section>
  );
}

/** HTML where there is some, as mail programs do; the plain text on demand. */
function Body({ mail }: { mail: Entry }) {
  const [plain, setPlain] = useState(false);
  const both = mail.shown_html !== null && mail.text !== null;
  return (
    <>
      {both && (
        <div role="group" aria-label={strings.shownAs} className={css.views}>
          {[false, true].map((asText) => (
            <button
              key={String(asText)}
              type="button"
              className={css.view}
              aria-pressed={plain === asText}
              onClick={() => setPlain(asText)}
            >
              {asText ? strings.asText : strings.asHtml}
            </button>
          ))}
        </div>
      )}
      {mail.shown_html !== null && !(both && plain) ? (
        <iframe
          title={strings.mailContent}
          className={css.html}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          srcDoc={mail.shown_html}
        />
      ) : (
        <p className={css.text} dir="auto">
          {pieces(mail.text ?? "").map((piece, index) =>
            piece.link ? (
              <a key={index} href={piece.text} target="_blank" rel="noreferrer">
                {piece.text}
              </a>
            ) : (
              piece.text
            ),
          )}
        </p>
      )}
    </>
  );
}

/** As mail programs offer it, where the mail's header does (RFC 8058). */
function Unsubscribe({ mail }: { mail: Entry }) {
  const stop = useAct(simulator.unsubscribe, ({ status }) => showToast(strings.unsubscribeAnswered(status)));
  return (
    <Button size="small" isPending={stop.isPending} onPress={() => stop.mutate(mail.id)}>
      {mail.unsubscribed ? strings.unsubscribed : strings.unsubscribe}
    </Button>
  );
}

function Repeat({ id }: { id: string }) {
  const repeat = useRepeat(simulator.repeatMail);
  return (
    <IconButton label={strings.repeatMail} size="small" isDisabled={repeat.isPending} onPress={() => repeat.mutate(id)}>
      <RotateCw size={13} aria-hidden="true" />
    </IconButton>
  );
}
