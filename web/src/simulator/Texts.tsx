import { Reply, RotateCw } from "lucide-react";
import { useEffect, useRef } from "react";

import { IconButton } from "../design/Button";
import { classes } from "../design/classes";
import { simulator, type Phone, type Store, type Text } from "./api";
import { useNow } from "./clock";
import { prettyNumber, textStatus, thread, when } from "./format";
import { useRepeat } from "./live";
import { strings } from "./strings";
import css from "./Texts.module.css";

const SHOWN = 60;

type Entry = Text & { missed: boolean };

/** A phone's texts as bubbles, the newest in sight. */
export function Texts({ phone, stores, onQuote }: { phone: Phone; stores: Store[]; onQuote: (text: Text) => void }) {
  const box = useRef<HTMLDivElement>(null);
  const entries = thread(phone).slice(-SHOWN);
  const last = entries.at(-1)?.sid;
  const quotes = (text: Text) => stores.some((store) => store.channel === "whatsapp" && store.number === text.peer);
  useEffect(() => {
    box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [last]);
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- focus lets the keyboard scroll the region
    <div ref={box} role="log" aria-label={strings.texts(phone.name)} tabIndex={0} className={css.texts}>
      {entries.length === 0 && <p className={css.empty}>{strings.noTexts}</p>}
      {entries.map((entry, index) => (
        <div key={entry.sid} className={css.entry}>
          {entry.peer !== entries[index - 1]?.peer && <p className={css.peer}>{storeName(entry.peer, stores)}</p>}
          {entry.missed ? (
            <Missed text={entry} />
          ) : (
            <Bubble text={entry} onQuote={quotes(entry) ? onQuote : undefined} />
          )}
        </div>
      ))}
    </div>
  );
}

function Bubble({ text, onQuote }: { text: Entry; onQuote: ((text: Text) => void) | undefined }) {
  const now = useNow();
  const status = textStatus(text);
  const mine = text.direction === "out";
  return (
    <div className={classes(css.line, mine && css.mine)}>
      <div className={classes(css.bubble, mine && css.out)} data-testid={mine ? "text-out" : "text-in"}>
        <p className={css.body} dir="auto">
          {text.body}
        </p>
        {text.pictures.map((id, index) => (
          <img key={id} src={simulator.pictureUrl(id)} alt={strings.pictureAt(index + 1)} className={css.picture} />
        ))}
        {text.pictures_gone > 0 && <p className={css.body}>{strings.picturesGone(text.pictures_gone)}</p>}
        {text.media_urls.map((url, index) =>
          url.startsWith(`${location.origin}/files/`) ? (
            <img key={url} src={url} alt={strings.pictureAt(index + 1)} className={css.picture} />
          ) : (
            <p key={url} className={css.body}>
              {strings.picture(url)}
            </p>
          ),
        )}
      </div>
      <p className={classes(css.meta, status.failed && css.failed)}>
        {when(text.at, now)} · <span data-testid="text-status">{status.label}</span>
        {(mine || text.webhook_status !== null) && <Repeat sid={text.sid} />}
        {!mine && onQuote && (
          <IconButton label={strings.quote} size="small" className={css.repeat ?? ""} onPress={() => onQuote(text)}>
            <Reply size={12} aria-hidden="true" />
          </IconButton>
        )}
      </p>
    </div>
  );
}

function Missed({ text }: { text: Entry }) {
  const now = useNow();
  return (
    <div className={css.missed} data-testid="text-missed">
      <p className={css.body} dir="auto">
        {text.body}
      </p>
      <p className={classes(css.meta, css.failed)}>
        {when(text.at, now)} · {strings.missed(text.error_code)}
        {text.webhook_status !== null && <Repeat sid={text.sid} />}
      </p>
    </div>
  );
}

function Repeat({ sid }: { sid: string }) {
  const repeat = useRepeat(simulator.repeatText);
  return (
    <IconButton
      label={strings.repeat}
      size="small"
      className={css.repeat ?? ""}
      isDisabled={repeat.isPending}
      onPress={() => repeat.mutate(sid)}
    >
      <RotateCw size={12} aria-hidden="true" />
    </IconButton>
  );
}

function storeName(number: string, stores: Store[]): string {
  return stores.find((store) => store.number === number)?.name ?? prettyNumber(number);
}
