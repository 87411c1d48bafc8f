/** The only caller of the network of the page: the token goes into the request, never into an address. */
import type { components } from "../api/schema";

export type PicturePage = components["schemas"]["PicturePage"];
export type PagePicture = components["schemas"]["PagePictureView"];

const TIMEOUT_MS = 15_000;

/** `gone`: the link opens nothing, now or later. */
export class Gone extends Error {}

export async function fetchPage(token: string): Promise<PicturePage> {
  const response = await fetch("/api/chat-pictures", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    credentials: "omit",
    cache: "no-store",
    signal: AbortSignal.timeout(TIMEOUT_MS),
    body: JSON.stringify({ token }),
  });
  if (response.status === 404 || response.status === 400) throw new Gone();
  if (!response.ok) throw new Error(`status ${response.status}`);
  return (await response.json()) as PicturePage;
}
