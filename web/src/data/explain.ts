import { ApiError, NetworkError } from "../api/errors";
import { strings } from "../strings";

/** An error in words for people. */
export function explain(error: unknown): string {
  if (error instanceof NetworkError) return strings.errors.offline;
  if (error instanceof ApiError) return strings.errors.byCode[error.code] ?? strings.errors.unexpected;
  return strings.errors.unexpected;
}

/** Our words for the code of a refusal. */
export function explainCode(code: string | null): string {
  if (code === "stale") return strings.outbox.stale;
  return strings.errors.byCode[code ?? ""] ?? strings.errors.unexpected;
}
