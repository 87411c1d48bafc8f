import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { ReadyText } from "../../api/types";
import { LoadFailure } from "../../app/Failure";
import { useAccount } from "../../data/account";
import { keys } from "../../data/keys";
import { Button } from "../../design/Button";
import { Dialog } from "../../design/Dialog";
import { SearchField, TextField } from "../../design/Field";
import { Spinner } from "../../design/Spinner";
import { filledIn } from "../../domain/readyTexts";
import { strings } from "../../strings";
import { textWords as words } from "../../textWords";
import css from "./TextPicker.module.css";

interface TextPickerProps {
  /** Whose data fills them in. */
  about: { conversation: string } | { order: string };
  isOpen: boolean;
  onClose: () => void;
  onPick: (text: string) => void;
}

/** Templates and quick replies, filled in; what is not known is asked for (L10, N15, X20). */
export default function TextPicker({ about, isOpen, onClose, onPick }: TextPickerProps) {
  const { api } = useAccount();
  const id = "order" in about ? about.order : about.conversation;
  const texts = useQuery({
    queryKey: keys.readyTexts(id),
    queryFn: ({ signal }) => ("order" in about ? api.orderTexts(id, signal) : api.conversationTexts(id, signal)),
    enabled: isOpen,
  });
  const [chosen, setChosen] = useState<ReadyText | null>(null);
  const close = () => {
    setChosen(null);
    onClose();
  };
  const finish = (text: string) => {
    onPick(text);
    close();
  };
  const choose = (row: ReadyText) => (row.missing.length === 0 ? finish(row.text) : setChosen(row));
  return (
    <Dialog title={words.title} isOpen={isOpen} onClose={close} closeLabel={strings.common.close}>
      <div className={css.body}>
        {texts.isPending && <Spinner label={words.loading} />}
        {texts.isError && !texts.data && <LoadFailure error={texts.error} retry={() => void texts.refetch()} />}
        {texts.data && !chosen && <Choices rows={texts.data.rows} onChoose={choose} />}
        {chosen && <Missing of={chosen} onUse={finish} />}
      </div>
    </Dialog>
  );
}

function Choices({ rows, onChoose }: { rows: ReadyText[]; onChoose: (row: ReadyText) => void }) {
  const [q, setQ] = useState("");
  const wanted = q.trim().toLowerCase();
  if (rows.length === 0) return <p className={css.muted}>{words.none}</p>;
  const found = rows.filter((row) => `${row.name} ${row.text}`.toLowerCase().includes(wanted));
  return (
    <>
      <SearchField label={words.search} clearLabel={strings.common.clearSearch} value={q} onChange={setQ} autoFocus />
      <ul className={css.list} aria-label={words.list}>
        {found.map((row) => (
          <li key={row.id}>
            <button type="button" className={css.choice} onClick={() => onChoose(row)}>
              <span className={css.name}>{row.name}</span>
              <span className={css.muted} dir="auto">
                {row.text}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Missing({ of, onUse }: { of: ReadyText; onUse: (text: string) => void }) {
  const [values, setValues] = useState<Record<string, string>>({});
  const text = filledIn(of, values);
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (text !== null) onUse(text);
      }}
    >
      <p>{words.missing}</p>
      {of.missing.map((name) => (
        <TextField
          key={name}
          label={name}
          value={values[name] ?? ""}
          maxLength={100}
          onChange={(value) => setValues({ ...values, [name]: value })}
        />
      ))}
      <Button variant="primary" type="submit" isDisabled={text === null}>
        {words.insert}
      </Button>
    </form>
  );
}
