/** The only caller of the network of the invitations' page; the token goes along each time, there is no session. */
import type { components } from "../api/schema";

export type InvitePage = components["schemas"]["InvitePage"];
export type Channel = InvitePage["ways"][number]["channel"];

export interface Typed {
  channel: Channel;
  address: string;
  name: string | null;
  wording: string;
}

/** What the server said; `code` is empty when nothing, or nothing readable, came back. */
export class Refusal extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

const TIMEOUT_MS = 15_000;

export const open = (token: string) => ask("", { token });

export const accept = (token: string, typed: Typed) => ask("/accept", { token, ...typed });

async function ask(path: string, body: object): Promise<InvitePage> {
  const response = await fetch(`/api/chat-invites${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    credentials: "omit",
    cache: "no-store",
    signal: AbortSignal.timeout(TIMEOUT_MS),
    body: JSON.stringify(body),
  }).catch(() => {
    throw new Refusal("");
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok && answer !== undefined) return answer as InvitePage;
  throw new Refusal(response.status === 429 ? "too_many_attempts" : codeIn(answer));
}

function codeIn(answer: unknown): string {
  return (answer as { error?: { code?: string } } | undefined)?.error?.code ?? "";
}
