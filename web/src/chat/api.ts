/** The only caller of the network of the chat page. Its API is on the page's own origin: the session is a cookie. */
import type { components } from "../api/schema";

export type ChatMessage = components["schemas"]["ChatMessage"];
export type PictureLinks = components["schemas"]["MediaLinks"];
export type PictureOffer = components["schemas"]["PictureOffer"];
export type PictureView = components["schemas"]["PictureView"];
export type ChatView = components["schemas"]["ChatView"];

/** What the server said, or `offline` when nothing came back; `busy` when the same may work later. */
export class Refusal extends Error {
  constructor(
    readonly kind: "offline" | "busy" | "unavailable" | "refused",
    readonly code = "",
  ) {
    super(kind);
  }
}

const TIMEOUT_MS = 15_000;

export async function exchange(token: string): Promise<string> {
  const session = (await ask("POST", "", { token })) as components["schemas"]["ChatSession"];
  return session.chat_id;
}

/** The newest messages; `after`: only what came after a position; `cursor`: a page of older ones. */
export async function show(chatId: string, query: { after?: string; cursor?: string } = {}): Promise<ChatView> {
  const search = new URLSearchParams(query).toString();
  return (await ask("GET", `/${chatId}${search === "" ? "" : `?${search}`}`)) as ChatView;
}

/** `pictures`: ids of uploads that are ready. */
export async function write(chatId: string, body: string, pictures: string[], key: string): Promise<ChatMessage> {
  return (await ask("POST", `/${chatId}/messages`, { body, pictures }, { "Idempotency-Key": key })) as ChatMessage;
}

/** Where a picture of this size may be put. */
export async function offerPicture(chatId: string, size: number): Promise<PictureOffer> {
  return (await ask("POST", `/${chatId}/pictures`, { size })) as PictureOffer;
}

/** It has been put there. */
export async function checkPicture(chatId: string, id: string): Promise<PictureView> {
  return (await ask("POST", `/${chatId}/pictures/${id}/check`)) as PictureView;
}

export async function upload(chatId: string, id: string): Promise<PictureView> {
  return (await ask("GET", `/${chatId}/pictures/${id}`)) as PictureView;
}

/** Where a picture of a message can be fetched, for some minutes. */
export async function picture(chatId: string, messageId: string, pictureId: string): Promise<PictureLinks> {
  return (await ask("GET", `/${chatId}/messages/${messageId}/pictures/${pictureId}`)) as PictureLinks;
}

export async function seen(chatId: string, upTo: string): Promise<void> {
  await ask("POST", `/${chatId}/seen`, { up_to: upTo });
}

export async function socketAddress(chatId: string): Promise<string> {
  const ticket = (await ask("POST", `/${chatId}/ticket`)) as components["schemas"]["Ticket"];
  return ticket.url;
}

async function ask(method: string, path: string, body?: object, more: Record<string, string> = {}): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(`/api/chat${path}`, {
      method,
      headers: { "Content-Type": "application/json", ...more },
      credentials: "same-origin",
      cache: "no-store",
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw new Refusal("offline");
  }
  if (response.status === 204) return undefined;
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok && answer !== undefined) return answer;
  throw refusal(response.status, answer);
}

function refusal(status: number, answer: unknown): Refusal {
  const code = (answer as { error?: { code?: string } } | undefined)?.error?.code ?? "";
  if (code === "chat_unavailable" || code === "not_found") return new Refusal("unavailable", code);
  return new Refusal(status >= 500 || status === 429 || code === "" ? "busy" : "refused", code);
}
