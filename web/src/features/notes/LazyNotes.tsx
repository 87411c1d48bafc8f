import { Suspense } from "react";

import type { StoreView } from "../../api/types";
import { quietly } from "../../app/quietly";
import type { NoteSubject } from "../../data/notes";

const Notes = quietly(() => import("./Notes"));

/** Behind what the page is about: nothing waits for it. */
export function LazyNotes({ store, subject }: { store: StoreView; subject: NoteSubject }) {
  return (
    <Suspense fallback={null}>
      <Notes store={store} subject={subject} />
    </Suspense>
  );
}
