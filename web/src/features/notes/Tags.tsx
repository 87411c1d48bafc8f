import { Plus, X } from "lucide-react";
import { useState, type SubmitEvent } from "react";

import { useTagging } from "../../data/tags";
import { Button, IconButton } from "../../design/Button";
import css from "./Tags.module.css";
import { tagWords as words } from "./tagWords";

const LONGEST = 40;

/** What colleagues filed the customer of a conversation under (S13). */
export default function Tags({ id, tags }: { id: string; tags: string[] }) {
  const [text, setText] = useState("");
  const tagging = useTagging(id, words.removed);
  const add = (event: SubmitEvent) => {
    event.preventDefault();
    const tag = text.trim();
    if (tag === "" || tagging.isPending) return;
    tagging.mutate({ add: [tag], remove: [] }, { onSuccess: () => setText("") });
  };
  return (
    <section className={css.tags} aria-label={words.name}>
      <ul className={css.list} aria-label={words.name}>
        {tags.map((tag) => (
          <li key={tag} className={css.tag} data-testid="tag">
            <span className={css.word}>{tag}</span>
            <IconButton
              size="small"
              label={words.remove(tag)}
              onPress={() => tagging.mutate({ add: [], remove: [tag] })}
            >
              <X size={14} aria-hidden="true" />
            </IconButton>
          </li>
        ))}
      </ul>
      <form className={css.form} onSubmit={add}>
        <input
          className={css.box}
          aria-label={words.label}
          aria-describedby={`${id}-tags-hint`}
          placeholder={words.placeholder}
          value={text}
          maxLength={LONGEST}
          dir="auto"
          enterKeyHint="done"
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit" size="small" isDisabled={text.trim() === ""} isPending={tagging.isPending}>
          <Plus size={14} aria-hidden="true" />
          {words.add}
        </Button>
      </form>
      <p id={`${id}-tags-hint`} className={css.hint}>
        {words.hint}
      </p>
    </section>
  );
}
