/** A product in a message: picture, title, price, and the way to its page. */
import type { ChatMessage } from "./api";
import { element } from "./elements";
import { pictures, type LinksOf } from "./pictures";
import { strings } from "./strings";

type Card = NonNullable<ChatMessage["card"]>;

export function productCard(message: ChatMessage, card: Card, linksOf: LinksOf): HTMLElement {
  const own = message.pictures.filter(({ id }) => id === card.picture_id);
  const made = element("div", { class: "card", "data-testid": "product-card" });
  made.append(...pictures({ ...message, pictures: own }, linksOf));
  made.append(element("p", { class: "card-title", dir: "auto" }, card.title));
  if (card.price !== "") made.append(element("p", { class: "card-price" }, card.price));
  if (card.url.startsWith("https://")) {
    const to = { href: card.url, target: "_blank", rel: "noopener noreferrer nofollow", class: "card-view" };
    made.append(element("a", { ...to, "aria-label": strings.viewOf(card.title) }, strings.view));
  }
  return made;
}
