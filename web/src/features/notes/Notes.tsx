import { Trash2 } from "lucide-react";
import { useRef, useState, type SubmitEvent } from "react";

import type { NoteView, StoreView } from "../../api/types";
import { LoadFailure } from "../../app/Failure";
import { explain } from "../../data/explain";
import { useNotes, useRemoveNote, useWriteNote, type NoteSubject } from "../../data/notes";
import { Button, IconButton } from "../../design/Button";
import { SkeletonRows } from "../../design/Skeleton";
import { dateAndTime } from "../../domain/times";
import css from "./Notes.module.css";
import { words } from "./words";

const LIMIT = 2_000;
const WARN = 200;

interface NotesProps {
  store: StoreView;
  subject: NoteSubject;
}

/** What colleagues wrote down about a customer or an order, and a box for more (S13, S24). */
export default function Notes({ store, subject }: NotesProps) {
  const said = words[subject.kind];
  const notes = useNotes(subject);
  const Heading = subject.kind === "customer" ? "h3" : "h2"; // below a customer's name, or an order's number
  return (
    <section className={css.notes} aria-label={said.name}>
      <Heading className={css.heading}>{said.name}</Heading>
      <p className={css.muted}>{said.lead}</p>
      <NewNote subject={subject} />
      {notes.isPending && <SkeletonRows count={1} label={words.loading} avatar={false} />}
      {notes.isError && !notes.data && <LoadFailure error={notes.error} retry={() => void notes.refetch()} />}
      {notes.data?.rows.length === 0 && <p className={css.muted}>{said.none}</p>}
      <ul className={css.list}>
        {notes.data?.rows.map((note) => (
          <One key={note.id} store={store} subject={subject} note={note} />
        ))}
      </ul>
      {notes.data?.truncated && <p className={css.muted}>{words.truncated}</p>}
    </section>
  );
}

/** Ctrl or ⌘ with Enter adds it, too; what failed stays in the box, and is not added twice. */
function NewNote({ subject }: { subject: NoteSubject }) {
  const said = words[subject.kind];
  const [body, setBody] = useState("");
  const key = useRef(crypto.randomUUID());
  const write = useWriteNote(subject);
  const add = () => {
    if (body.trim() === "" || write.isPending) return;
    write.mutate(
      { body: body.trim(), key: key.current },
      {
        onSuccess: () => {
          setBody("");
          key.current = crypto.randomUUID();
        },
      },
    );
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    add();
  };
  return (
    <form className={css.form} onSubmit={submit}>
      <textarea
        className={css.box}
        aria-label={said.label}
        placeholder={said.placeholder}
        value={body}
        maxLength={LIMIT}
        rows={2}
        dir="auto"
        onChange={(event) => {
          setBody(event.target.value);
          key.current = crypto.randomUUID(); // other words are another note
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) add();
        }}
      />
      {body.length > LIMIT - WARN && <p className={css.muted}>{words.left(LIMIT - body.length)}</p>}
      {write.isError && (
        <p className={css.wrong} role="alert">
          {explain(write.error)}
        </p>
      )}
      <Button size="small" type="submit" isPending={write.isPending} isDisabled={body.trim() === ""}>
        {said.add}
      </Button>
    </form>
  );
}

function One({ store, subject, note }: NotesProps & { note: NoteView }) {
  const remove = useRemoveNote(subject, words[subject.kind].removed);
  return (
    <li className={css.note} data-testid="note">
      <p className={css.body} dir="auto">
        {note.body}
      </p>
      <p className={css.foot}>
        <span>
          {note.author_name} · {dateAndTime(note.created_at, { timeZone: store.timezone })}
        </span>
        {note.mine && (
          <IconButton
            label={words.remove(note.author_name)}
            size="small"
            isDisabled={remove.isPending}
            onPress={() => remove.mutate(note)}
          >
            <Trash2 size={14} aria-hidden="true" />
          </IconButton>
        )}
      </p>
    </li>
  );
}
