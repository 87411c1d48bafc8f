import { useMutation, useQuery } from "@tanstack/react-query";

import { showToast } from "../design/toasts";
import { strings } from "../strings";
import { useAccount } from "./account";
import { explain } from "./explain";
import { keys } from "./keys";

/** What notes are about: the customer of a conversation, or an order. */
export interface NoteSubject {
  kind: "customer" | "order";
  /** Of the conversation, or of the order. */
  id: string;
}

export function useNotes(subject: NoteSubject) {
  const { api } = useAccount();
  return useQuery({
    queryKey: keys.notes(subject.kind, subject.id),
    queryFn: ({ signal }) => api.notes(subject.kind, subject.id, signal),
  });
}

/** Writes one. What goes wrong is for the form to say. */
export function useWriteNote(subject: NoteSubject) {
  const { api } = useAccount();
  const changed = useChanged(subject);
  return useMutation({
    mutationFn: ({ body, key }: { body: string; key: string }) => api.writeNote(subject.kind, subject.id, body, key),
    onSuccess: changed,
  });
}

/** Takes one of mine away, which can be taken back: then it is written anew. Failures become toasts. */
export function useRemoveNote(subject: NoteSubject, removed: string) {
  const { api } = useAccount();
  const changed = useChanged(subject);
  const write = useWriteNote(subject);
  return useMutation({
    mutationFn: ({ id }: { id: string; body: string }) => api.removeNote(subject.kind, subject.id, id),
    onSuccess: (_, { body }) => {
      changed();
      const run = () =>
        write.mutate(
          { body, key: crypto.randomUUID() },
          { onError: (error) => showToast(explain(error), { tone: "danger" }) },
        );
      showToast(removed, { action: { label: strings.common.undo, run } });
    },
    onError: (error) => {
      changed();
      showToast(explain(error), { tone: "danger" });
    },
  });
}

function useChanged(subject: NoteSubject): () => void {
  const { queries } = useAccount();
  return () => void queries.invalidateQueries({ queryKey: keys.notes(subject.kind, subject.id) });
}
