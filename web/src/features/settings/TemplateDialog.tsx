import { useRef, useState } from "react";

import type { ProblemView, StoreTemplate, StoreTemplateList, StoreView } from "../../api/types";
import { Button } from "../../design/Button";
import { Dialog } from "../../design/Dialog";
import { TextField } from "../../design/Field";
import { Select } from "../../design/Select";
import { showToast } from "../../design/toasts";
import { BODY_LIMIT } from "../../domain/segments";
import { useDebounced } from "../../hooks/useDebounced";
import { strings } from "../../strings";
import { asSaved, useDeleteTemplate, usePreview, useSaveTemplate } from "./templateQueries";
import css from "./TemplatesSection.module.css";
import { templateWords as words } from "./templateWords";

interface TemplateDialogProps {
  store: StoreView;
  template: StoreTemplate;
  name: string;
  of: StoreTemplateList;
  onClose: () => void;
}

/** The words of a template in its languages, with what they come to for the store's newest order (X20). */
export default function TemplateDialog({ store, template, name, of, onClose }: TemplateDialogProps) {
  const [title, setTitle] = useState(template.name);
  const [texts, setTexts] = useState(template.texts);
  const [atNight, setAtNight] = useState(template.transactional);
  const [language, setLanguage] = useState(of.language in template.texts ? of.language : firstOf(template));
  const isStandard = template.kind === "standard";
  const save = useSaveTemplate(store.id, () => {
    showToast(words.saved);
    onClose();
  });
  const remove = useDeleteTemplate(store.id);
  const canSave = (isStandard || title.trim() !== "") && Object.values(texts).some((text) => text.trim() !== "");
  const body = { ...asSaved(template), texts: written(texts), transactional: atNight };
  return (
    <Dialog
      title={template.revision === 0 && !isStandard ? words.newTitle : `${words.editTitle}: ${name}`}
      isOpen
      onClose={onClose}
      closeLabel={strings.common.close}
    >
      <div className={css.body}>
        {!isStandard && (
          <TextField label={words.nameLabel} value={title} maxLength={60} onChange={setTitle} autoFocus />
        )}
        <Select label={words.languageLabel} value={language} onChange={setLanguage}>
          {of.languages.map((each) => (
            <option key={each} value={each}>
              {words.languages[each] ?? each}
            </option>
          ))}
        </Select>
        <Words
          label={words.textLabel(words.languages[language] ?? language)}
          text={texts[language] ?? ""}
          tokens={of.tokens}
          onChange={(text) => setTexts({ ...texts, [language]: text })}
        />
        <Preview storeId={store.id} text={texts[language] ?? ""} language={language} />
        {isStandard && (
          <label className={css.check}>
            <input type="checkbox" checked={atNight} onChange={(event) => setAtNight(event.target.checked)} />
            {words.atNight}
          </label>
        )}
        <div className={css.foot}>
          {template.revision > 0 && (!isStandard || template.edited) && (
            <Button
              variant="quiet"
              onPress={() => {
                remove.mutate(template);
                onClose();
              }}
            >
              {isStandard ? words.original : words.remove}
            </Button>
          )}
          <Button
            variant="primary"
            isDisabled={!canSave}
            isPending={save.isPending}
            onPress={() => save.mutate({ id: template.id, body: isStandard ? body : { ...body, name: title.trim() } })}
          >
            {words.save}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

const firstOf = (template: StoreTemplate) => Object.keys(template.texts)[0] ?? "en";

/** Blank languages are none. */
const written = (texts: Record<string, string>) =>
  Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== ""));

interface WordsProps {
  label: string;
  text: string;
  tokens: string[];
  onChange: (text: string) => void;
}

/** The box to write in, and the tokens that go where the caret is. */
function Words({ label, text, tokens, onChange }: WordsProps) {
  const box = useRef<HTMLTextAreaElement>(null);
  const insert = (token: string) => {
    const { selectionStart: from, selectionEnd: to } = box.current ?? { selectionStart: 0, selectionEnd: 0 };
    onChange(`${text.slice(0, from)}[[${token}]]${text.slice(to)}`);
    box.current?.focus();
  };
  return (
    <>
      <label className={css.label}>
        {label}
        <textarea
          ref={box}
          className={css.area}
          dir="auto"
          value={text}
          maxLength={BODY_LIMIT}
          onChange={(event) => onChange(event.target.value)}
        />
      </label>
      <div role="group" aria-label={words.tokens} className={css.chips}>
        {tokens.map((token) => (
          <Button key={token} size="small" variant="quiet" onPress={() => insert(token)}>
            {token}
          </Button>
        ))}
      </div>
    </>
  );
}

function Preview({ storeId, text, language }: { storeId: string; text: string; language: string }) {
  const rested = useDebounced(text);
  const preview = usePreview(storeId, rested, language);
  if (text.trim() === "" || !preview.data) return null;
  const { problems, missing, segments, encoding, order_number } = preview.data;
  return (
    <section aria-label={words.preview} data-testid="preview">
      <p className={css.muted}>
        {words.previewOf(order_number)} · {words.parts(segments)}
        {encoding === "ucs-2" && ` · ${words.unicode}`}
      </p>
      <p className={css.preview} dir="auto">
        {preview.data.text}
      </p>
      {missing.length > 0 && <p className={css.muted}>{words.missing(missing.join(", "))}</p>}
      {problems.map((problem) => (
        <p key={problem.start} role="alert" className={css.error}>
          {said(problem)}
        </p>
      ))}
    </section>
  );
}

const said = ({ kind, name, nearest }: ProblemView) =>
  kind === "unknown" ? words.problems.unknown(name, nearest) : words.problems[kind];
