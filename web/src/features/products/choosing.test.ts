import { expect, test } from "vitest";

import type { PictureView, ProductOffer } from "../../api/types";
import { Chosen } from "../../outbox/chosen";
import { choose } from "./choosing";

const picture = (state: PictureView["state"]): PictureView => ({
  id: "p1",
  state,
  width: 0,
  height: 0,
  thumbnail_url: state === "ready" ? "https://files.example/p1" : null,
  refusal: null,
});
const offer = (of: PictureView | null): ProductOffer => ({
  product_id: "boots",
  title: "Boots",
  price: "$5.00",
  url: "https://shop.example/boots",
  text: "Boots\n$5.00\nhttps://shop.example/boots",
  picture: of,
});
const asking = (given: ProductOffer, ...states: PictureView["state"][]) => ({
  offerProduct: () => Promise.resolve(given),
  picture: () => Promise.resolve(picture(states.shift() ?? "pending")),
});
const settled = () => new Promise((resolve) => setTimeout(resolve));

test("a product without a picture can go out at once", async () => {
  const chosen = new Chosen();
  await choose(asking(offer(null)), chosen, "c1", "boots");
  expect(chosen.of("c1")).toMatchObject({ id: "boots", picture: "none", pictureId: null });
});

test("its picture is followed until it is there", async () => {
  const chosen = new Chosen();
  await choose(asking(offer(picture("pending")), "pending", "ready"), chosen, "c1", "boots", () => Promise.resolve());
  expect(chosen.of("c1")?.picture).toBe("loading");
  await settled();
  expect(chosen.of("c1")).toMatchObject({ picture: "ready", pictureId: "p1", thumbnail: "https://files.example/p1" });
});

test("one that cannot be had is left out", async () => {
  const chosen = new Chosen();
  await choose(asking(offer(picture("pending")), "refused"), chosen, "c1", "boots", () => Promise.resolve());
  await settled();
  expect(chosen.of("c1")).toMatchObject({ picture: "none", pictureId: null });
});

test("one that never comes is given up", async () => {
  const chosen = new Chosen();
  await choose(asking(offer(picture("pending"))), chosen, "c1", "boots", () => Promise.resolve());
  await settled();
  await settled();
  expect(chosen.of("c1")?.picture).toBe("none");
});

test("a product that was removed meanwhile does not come back", async () => {
  const chosen = new Chosen();
  await choose(asking(offer(picture("pending")), "ready"), chosen, "c1", "boots", () => Promise.resolve());
  chosen.set("c1", null);
  await settled();
  expect(chosen.of("c1")).toBeNull();
});

test("each conversation has its own, and listeners hear of it", async () => {
  const chosen = new Chosen();
  let heard = 0;
  const stop = chosen.subscribe(() => heard++);
  await choose(asking(offer(null)), chosen, "c1", "boots");
  expect(chosen.of("c2")).toBeNull();
  chosen.clear();
  stop();
  expect([chosen.of("c1"), heard]).toEqual([null, 2]);
});
