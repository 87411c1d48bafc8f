import { useState } from "react";

import type { StoreTemplate, StoreTemplateList, StoreView } from "../../api/types";
import { Button } from "../../design/Button";
import { Dialog } from "../../design/Dialog";
import { TextField } from "../../design/Field";
import { Select } from "../../design/Select";
import { showToast } from "../../design/toasts";
import { strings } from "../../strings";
import { asSaved, useDeleteTemplate, useSaveTemplate } from "./templateQueries";
import css from "./TemplatesSection.module.css";
import { templateWords as words } from "./templateWords";
import { TextPreview } from "./TextPreview";
import { TokenText } from "./TokenText";

const FOLLOW_UP = "order_follow_up";
const TICKET = "merchant_ticket";
const DELAYS = [1, 2, 3, 5, 7, 10, 14, 30, 60];

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
  const [days, setDays] = useState(template.delay_days);
  const [language, setLanguage] = useState(of.language in template.texts ? of.language : firstOf(template));
  const isStandard = template.kind === "standard";
  const isFollowUp = template.id === FOLLOW_UP;
  const mayWait = isStandard && !isFollowUp && template.audience === "customer";
  const save = useSaveTemplate(store.id, () => {
    showToast(words.saved);
    onClose();
  });
  const remove = useDeleteTemplate(store.id);
  const canSave = (isStandard || title.trim() !== "") && Object.values(texts).some((text) => text.trim() !== "");
  const body = { ...asSaved(template), texts: written(texts), transactional: atNight, delay_days: days };
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
        <TokenText
          label={words.textLabel(words.languages[language] ?? language)}
          text={texts[language] ?? ""}
          tokens={of.tokens.filter((token) => isKnown(token, template))}
          onChange={(text) => setTexts({ ...texts, [language]: text })}
        />
        <TextPreview storeId={store.id} text={texts[language] ?? ""} language={language} />
        {isFollowUp && (
          <>
            <Select label={words.delay} value={String(days)} onChange={(value) => setDays(Number(value))}>
              {[...new Set([...DELAYS, days])].map((each) => (
                <option key={each} value={each}>
                  {words.days(each)}
                </option>
              ))}
            </Select>
            <p className={css.muted}>{words.delayHint}</p>
          </>
        )}
        {mayWait && (
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

/** Nobody writes what goes out by itself, and conversations mostly begin without an order. */
const isKnown = (token: string, { id, kind }: StoreTemplate) =>
  !(kind === "standard" && token.startsWith("associate.")) && !(id === TICKET && token.startsWith("order."));

const firstOf = (template: StoreTemplate) => Object.keys(template.texts)[0] ?? "en";

/** Blank languages are none. */
const written = (texts: Record<string, string>) =>
  Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== ""));
