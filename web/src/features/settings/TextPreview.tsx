import type { ProblemView } from "../../api/types";
import { useDebounced } from "../../hooks/useDebounced";
import { usePreview } from "./templateQueries";
import css from "./TemplatesSection.module.css";
import { templateWords as words } from "./templateWords";

/** What a text with tokens comes to for the store's newest order, and what is wrong with it (X20). */
export function TextPreview({ storeId, text, language }: { storeId: string; text: string; language: string }) {
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
