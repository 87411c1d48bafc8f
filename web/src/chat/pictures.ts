/** Pictures of a message: small ones in place, large ones in a page of their own. */
import { fitted, placeholder } from "../domain/media";
import type { ChatMessage, PictureLinks } from "./api";
import { element } from "./elements";
import { strings } from "./strings";

/** Asked for anew this long before an address ends. */
const MARGIN_MS = 60_000;
const MOST = { width: 300, height: 340 };

/** `linksOf`: where a picture is, for some minutes. Rejects when nobody can say. */
export type LinksOf = (messageId: string, pictureId: string) => Promise<PictureLinks>;

export function pictures(message: ChatMessage, linksOf: LinksOf): HTMLElement[] {
  const total = message.pictures.length;
  return message.pictures.map(({ id, width, height }, at) => {
    const name = strings.picture(at + 1, total);
    // Its place has the picture's shape from the first moment on: nothing moves when it arrives.
    const size = fitted(width, height, MOST);
    const image = element("img", {
      src: placeholder(width, height),
      alt: name,
      width: String(size.width),
      height: String(size.height),
    });
    const link = element("a", { class: "picture", target: "_blank", rel: "noopener noreferrer" }, image);
    let until = 0;
    let again = true;
    const load = async () => {
      const links = await linksOf(message.id, id);
      until = links.expires_at - MARGIN_MS;
      link.href = links.url;
      image.src = links.thumbnail_url ?? links.url;
    };
    const quietly = () => void load().catch(() => undefined);
    image.addEventListener("error", () => {
      if (again) quietly();
      again = false;
    });
    link.addEventListener("click", (event) => {
      if (Date.now() < until) return;
      event.preventDefault();
      void load().then(
        () => link.click(),
        () => undefined,
      );
    });
    quietly();
    return link;
  });
}
