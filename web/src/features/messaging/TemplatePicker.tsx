import { useMutation, useQuery } from "@tanstack/react-query";
import { SendHorizontal } from "lucide-react";
import { useState } from "react";

import type { ConversationView, MessageView, TemplateView } from "../../api/types";
import { LoadFailure } from "../../app/Failure";
import { useAccount } from "../../data/account";
import { acceptMessage } from "../../data/cache";
import { explain } from "../../data/explain";
import { keys } from "../../data/keys";
import { Button } from "../../design/Button";
import { classes } from "../../design/classes";
import { TextField } from "../../design/Field";
import { Spinner } from "../../design/Spinner";
import { newKey } from "../../domain/keys";
import { canFill, LONGEST_VALUE, piecesOf } from "../../domain/templates";
import { strings } from "../../strings";
import type { Clocks } from "./clocks";
import { nameOf } from "./names";
import { NightNote } from "./NightNote";
import css from "./TemplatePicker.module.css";

const words = strings.templates;
const idOf = (template: TemplateView) => `${template.name} ${template.language}`;

interface TemplatePickerProps {
  conversation: ConversationView;
  clocks: Clocks;
}

/** In the place of the box to write in, once the 24 hours are over: an approved template, filled in (X9). */
export default function TemplatePicker({ conversation, clocks }: TemplatePickerProps) {
  const { api } = useAccount();
  const templates = useQuery({
    queryKey: keys.templates(conversation.id),
    queryFn: ({ signal }) => api.templates(conversation.id, signal),
    staleTime: 60_000,
  });
  const [chosenId, setChosenId] = useState<string>();
  const rows = templates.data?.rows ?? [];
  const chosen = rows.find((row) => idOf(row) === chosenId) ?? rows[0];
  return (
    <section className={css.picker} aria-label={words.label} data-testid="template-picker">
      <p className={css.why}>{words.why(nameOf(conversation))}</p>
      <NightNote conversationId={conversation.id} name={nameOf(conversation)} clocks={clocks} />
      {templates.isPending && <Spinner label={words.loading} />}
      {templates.isError && <LoadFailure error={templates.error} retry={() => void templates.refetch()} />}
      {templates.data && !chosen && <p className={css.none}>{words.none}</p>}
      {rows.length > 1 && (
        <label className={css.choice}>
          <span>{words.choose}</span>
          <select
            className={css.select}
            value={chosen ? idOf(chosen) : ""}
            onChange={(event) => setChosenId(event.target.value)}
          >
            {rows.map((row) => (
              <option key={idOf(row)} value={idOf(row)}>
                {words.option(row.name.replaceAll("_", " "), row.language)}
              </option>
            ))}
          </select>
        </label>
      )}
      {chosen && <Filling key={idOf(chosen)} template={chosen} conversation={conversation} />}
    </section>
  );
}

/** The words for the placeholders, and what the customer will read. */
function Filling({ template, conversation }: { template: TemplateView; conversation: ConversationView }) {
  const [values, setValues] = useState<string[]>(() => Array.from({ length: template.placeholders }, () => ""));
  // One key per text that is meant: a repeat after a lost answer does not send it twice.
  const [key, setKey] = useState(newKey);
  const send = useSend(template, conversation.id, () => setKey(newKey()));
  const change = (index: number, value: string) => {
    setValues(values.map((old, place) => (place === index ? value : old)));
    setKey(newKey());
  };
  const isReady = values.every(canFill);
  const given = values.map((value) => value.trim());
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady && !send.isPending) send.mutate({ values: given, key });
      }}
    >
      {values.map((value, index) => (
        <TextField
          key={index}
          label={words.placeholder(index + 1)}
          value={value}
          maxLength={LONGEST_VALUE}
          error={value !== "" && !canFill(value) ? words.cannotFill : undefined}
          onChange={(text) => change(index, text)}
        />
      ))}
      <div className={css.foot}>
        <Preview body={template.body} values={values} />
        <Button variant="primary" size="small" type="submit" isDisabled={!isReady} isPending={send.isPending}>
          {words.send}
          {!send.isPending && <SendHorizontal size={15} aria-hidden="true" />}
        </Button>
      </div>
      {send.isError && (
        <p role="alert" className={css.error}>
          {explain(send.error)}
        </p>
      )}
    </form>
  );
}

function useSend(template: TemplateView, id: string, sent: () => void) {
  const { api, queries } = useAccount();
  return useMutation({
    mutationFn: ({ values, key }: { values: string[]; key: string }) =>
      api.sendTemplate(id, { name: template.name, language: template.language, values }, key),
    onSuccess: (message: MessageView) => {
      acceptMessage(queries, id, message);
      sent();
    },
  });
}

function Preview({ body, values }: { body: string; values: string[] }) {
  return (
    <p className={css.preview} dir="auto" data-testid="template-preview">
      <span className="visually-hidden">{words.preview}</span>
      {piecesOf(body).map((piece, index) =>
        "text" in piece ? (
          piece.text
        ) : (
          <mark key={index} className={classes(css.value, values[piece.placeholder - 1]?.trim() === "" && css.missing)}>
            {values[piece.placeholder - 1]?.trim() || words.placeholder(piece.placeholder)}
          </mark>
        ),
      )}
    </p>
  );
}
