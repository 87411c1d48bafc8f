import { ApiError, NetworkError } from "../api/errors";
import { comingDayAndTime } from "../domain/times";
import { strings } from "../strings";

/** Codes with several causes: only the server's own words say which it was. */
const IN_SERVERS_WORDS = new Set(["customer_unreachable", "permission_denied"]);

/** An error in words for people. */
export function explain(error: unknown): string {
  if (error instanceof NetworkError) return strings.errors.offline;
  if (!(error instanceof ApiError)) return strings.errors.unexpected;
  const { code, message, details } = error;
  if (code === "invalid_input" && typeof details["limit"] === "number") return strings.errors.atMost(details["limit"]);
  const { until, zone } = details;
  if (code === "quiet_hours" && typeof until === "number" && typeof zone === "string") {
    return strings.night.from(comingDayAndTime(until, Date.now(), { timeZone: zone }, strings.time));
  }
  if (IN_SERVERS_WORDS.has(code) && message !== "") return message;
  return explainCode(code);
}

/** Our words for the code of a refusal. */
export function explainCode(code: string | null): string {
  if (code === "stale") return strings.outbox.stale;
  return strings.errors.byCode[code ?? ""] ?? strings.errors.unexpected;
}
