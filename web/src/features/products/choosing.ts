import type { Api } from "../../api/api";
import type { PictureView, ProductOffer } from "../../api/types";
import type { Chosen, ChosenProduct } from "../../outbox/chosen";

const POLL_MS = 600;
/** How often the server is asked for a picture: a minute. */
const MOST_POLLS = 100;

type Asking = Pick<Api, "offerProduct" | "picture">;

/** Puts a product below what is being written, and follows its picture until it is there or cannot be had. */
export async function choose(
  api: Asking,
  chosen: Chosen,
  conversationId: string,
  productId: string,
  wait: (ms: number) => Promise<void> = (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
): Promise<void> {
  const offer = await api.offerProduct(conversationId, productId);
  const first = chosenOf(offer);
  chosen.set(conversationId, first);
  if (offer.picture) void follow(api, chosen, conversationId, first, offer.picture, wait);
}

function chosenOf({ product_id, title, price, text, picture }: ProductOffer): ChosenProduct {
  const state = picture ? "loading" : "none";
  return { id: product_id, title, price, text, picture: state, pictureId: null, thumbnail: null };
}

async function follow(
  api: Asking,
  chosen: Chosen,
  conversationId: string,
  first: ChosenProduct,
  picture: PictureView,
  wait: (ms: number) => Promise<void>,
): Promise<void> {
  let view = picture;
  for (let polls = 0; view.state === "pending" && polls < MOST_POLLS; polls++) {
    await wait(POLL_MS);
    if (chosen.of(conversationId) !== first) return; // removed, or another one was chosen
    view = await api.picture(conversationId, view.id).catch(() => view);
  }
  if (chosen.of(conversationId) !== first) return;
  const ready = view.state === "ready";
  chosen.set(conversationId, {
    ...first,
    picture: ready ? "ready" : "none",
    pictureId: ready ? view.id : null,
    thumbnail: view.thumbnail_url,
  });
}
