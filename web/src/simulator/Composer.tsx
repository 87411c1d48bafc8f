import { ArrowUp, Paperclip, X } from "lucide-react";
import { useRef, useState, type KeyboardEvent } from "react";

import { Button, IconButton } from "../design/Button";
import { simulator, type Phone, type Store, type Text } from "./api";
import css from "./Composer.module.css";
import { useAct } from "./live";
import { Select } from "../design/Select";
import { strings } from "./strings";

const LONGEST = 1600;

/** Where a customer writes: to which store, quick words, a line of text. Enter sends. */
export function Composer({
  phone,
  stores,
  quoted,
  onQuote,
}: {
  phone: Phone;
  stores: Store[];
  quoted: Text | undefined;
  onQuote: (text: Text | undefined) => void;
}) {
  const [draft, setDraft] = useState("");
  const [chosen, setChosen] = useState<string>();
  const lastPeer = phone.texts.at(-1)?.peer;
  const to =
    [quoted?.peer, chosen, lastPeer].find((number) => stores.some((store) => store.number === number)) ??
    stores[0]?.number;
  const send = useAct(
    (body: string) => simulator.sendText(phone.number, to ?? "", body, [], quoted?.sid),
    () => onQuote(undefined),
  );
  const files = useRef<HTMLInputElement>(null);
  const attach = useAct(
    async (chosenFiles: File[]) => {
      const kept = await Promise.all(chosenFiles.map((file) => simulator.upload(file)));
      return simulator.sendText(
        phone.number,
        to ?? "",
        draft,
        kept.map(({ id }) => id),
      );
    },
    () => setDraft(""),
  );
  const sendDraft = () => {
    if (draft === "") return;
    setDraft("");
    send.mutate(draft, { onError: () => setDraft((newer) => newer || draft) });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // An input method's Enter chooses a candidate; it must not send.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    sendDraft();
  };
  return (
    <div className={css.composer}>
      <Select quiet hideLabel label={strings.store} value={to ?? ""} onChange={setChosen}>
        {stores.map((store) => (
          <option key={store.number} value={store.number}>
            {strings.toStore(store.name)}
          </option>
        ))}
      </Select>
      <div className={css.quickWords}>
        {strings.quick.map((word) => (
          <Button key={word} size="small" className={css.quick ?? ""} onPress={() => send.mutate(word)}>
            {word}
          </Button>
        ))}
      </div>
      {quoted && (
        <p className={css.quoted}>
          <span className={css.words}>{strings.quoting(quoted.body)}</span>
          <IconButton label={strings.quoteNothing} size="small" onPress={() => onQuote(undefined)}>
            <X size={13} aria-hidden="true" />
          </IconButton>
        </p>
      )}
      <div className={css.line}>
        <textarea
          aria-label={strings.textMessage}
          placeholder={strings.textMessage}
          className={css.input}
          rows={1}
          maxLength={LONGEST}
          value={draft}
          dir="auto"
          onChange={(event) => setDraft(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <input
          ref={files}
          type="file"
          multiple
          hidden
          aria-label={strings.attachToText}
          onChange={(event) => {
            const chosenFiles = [...(event.target.files ?? [])];
            event.target.value = "";
            if (chosenFiles.length > 0) attach.mutate(chosenFiles);
          }}
        />
        <IconButton
          label={strings.attachToText}
          size="small"
          isPending={attach.isPending}
          onPress={() => files.current?.click()}
        >
          <Paperclip size={16} aria-hidden="true" />
        </IconButton>
        <IconButton
          label={strings.send}
          variant="primary"
          size="small"
          className={css.send ?? ""}
          isDisabled={draft === ""}
          onPress={sendDraft}
        >
          <ArrowUp size={17} aria-hidden="true" />
        </IconButton>
      </div>
    </div>
  );
}
