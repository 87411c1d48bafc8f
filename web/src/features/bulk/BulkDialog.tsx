import { useState } from "react";

import type { BulkView, StoreView } from "../../api/types";
import { useStartBulk } from "../../data/bulk";
import { useCredits } from "../../data/credits";
import { explain } from "../../data/explain";
import { Button } from "../../design/Button";
import { Dialog } from "../../design/Dialog";
import { Select } from "../../design/Select";
import { strings } from "../../strings";
import { TokenText } from "../settings/TokenText";
import { TextPreview } from "../settings/TextPreview";
import { usePreview, useTemplates } from "../settings/templateQueries";
import css from "./Bulk.module.css";
import { words } from "./words";

interface BulkDialogProps {
  store: StoreView;
  to: BulkView["to"];
  ids: string[];
  /** The same for the same words, also when this is opened again: an answer may have got lost. */
  keyFor: (text: string) => string;
  onClose: () => void;
  onStarted: (id: string) => void;
}

/** The words of a bulk text, what they come to for the newest order, and what they cost. */
export default function BulkDialog({ store, to, ids, keyFor, onClose, onStarted }: BulkDialogProps) {
  const templates = useTemplates(store.id);
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState("");
  const start = useStartBulk(store.id);
  const language = templates.data?.language ?? "en";
  const own = (templates.data?.rows ?? []).filter(({ kind, texts }) => kind !== "standard" && texts[language]);
  const send = () =>
    start.mutate(
      { text, to, ids, key: keyFor(text) },
      {
        onSuccess: ({ id }) => onStarted(id),
      },
    );
  return (
    <Dialog title={words.title} isOpen onClose={onClose} closeLabel={strings.common.close}>
      <div className={css.body}>
        <p>{words.to[to](ids.length)}</p>
        <p className={css.muted}>{words.rules[to]}</p>
        {own.length > 0 && (
          <Select
            label={words.template}
            value={chosen}
            onChange={(id) => {
              setChosen(id);
              const template = own.find((each) => each.id === id);
              if (template) setText(template.texts[language] ?? "");
            }}
          >
            <option value="">{words.ownWords}</option>
            {own.map((template) => (
              <option key={template.id} value={template.id}>
                {template.name}
              </option>
            ))}
          </Select>
        )}
        <TokenText label={words.text} text={text} tokens={templates.data?.tokens ?? []} onChange={setText} />
        <TextPreview storeId={store.id} text={text} language={language} />
        <Cost store={store} text={text} language={language} recipients={ids.length} />
        {start.isError && (
          <p role="alert" className={css.error}>
            {explain(start.error)}
          </p>
        )}
        <div className={css.foot}>
          <Button onPress={onClose}>{strings.common.cancel}</Button>
          <Button variant="primary" isDisabled={text.trim() === ""} isPending={start.isPending} onPress={send}>
            {words.start(to, ids.length)}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

interface CostProps {
  store: StoreView;
  text: string;
  language: string;
  recipients: number;
}

/** What it takes of the store's credits, going by the newest order (X12). */
function Cost({ store, text, language, recipients }: CostProps) {
  const credits = useCredits(store);
  const preview = usePreview(store.id, text, language);
  if (!credits || !preview.data || text.trim() === "") return null;
  const need = preview.data.segments * credits.per_segment * recipients;
  const said = need > credits.balance ? words.costTooMuch : words.cost;
  return (
    <p className={css.muted} data-testid="cost">
      {said(need.toLocaleString("en"), credits.balance.toLocaleString("en"))}
    </p>
  );
}
