import { beforeEach, expect, it } from "vitest";

import type { PictureOffer, PictureView } from "../api/types";
import { allReady, LARGEST_PICTURE, mostPictures, Pictures, startAt, startingWith } from "./pictures";

const words = { tooLarge: "too large", empty: "empty", noPicture: "no picture", stuck: "stuck" };
const view = (state: PictureView["state"], more: Partial<PictureView> = {}): PictureView => ({
  id: "p1",
  state,
  width: 4,
  height: 3,
  thumbnail_url: state === "ready" ? "https://files.example/small" : null,
  refusal: null,
  ...more,
});

class Server {
  answers: PictureView[] = [];
  puts: Blob[] = [];
  failure: Error | null = null;
  signals: AbortSignal[] = [];
  forgotten: string[] = [];
  keys = 0;
  ports = {
    offer: (_: string, size: number): Promise<PictureOffer> =>
      Promise.resolve({ id: "p1", url: `https://files.example/${size}`, headers: {}, expires_at: 1 }),
    put: (_: PictureOffer, file: Blob, progress: (part: number) => void, signal: AbortSignal) => {
      this.signals.push(signal);
      progress(0.5);
      this.puts.push(file);
      return this.failure ? Promise.reject(this.failure) : Promise.resolve();
    },
    check: () => Promise.resolve(this.answers.shift() ?? view("ready")),
    look: () => Promise.resolve(this.answers.shift() ?? view("ready")),
    local: (file: Blob) => `blob:${file.size}`,
    forget: (local: string) => this.forgotten.push(local),
    wait: () => Promise.resolve(),
    newKey: () => `k${this.keys++}`,
    explain: (error: unknown) => (error as Error).message,
    words,
  };
}

const photo = (size = 3, type = "image/jpeg") => new File([new Uint8Array(size)], "photo.jpg", { type });
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

let server: Server;
let pictures: Pictures;

beforeEach(() => {
  server = new Server();
  pictures = new Pictures(server.ports);
});

it("uploads a picture, waits for the check, and can send it once it was shown", async () => {
  server.answers = [view("pending"), view("pending"), view("ready")];
  pictures.add("c1", [photo()]);
  expect(pictures.of("c1")).toMatchObject([{ state: "uploading", local: "blob:3", shown: false }]);
  await settled();
  expect(pictures.of("c1")).toMatchObject([{ state: "ready", id: "p1", thumbnail: "https://files.example/small" }]);
  expect(allReady(pictures.of("c1"), 5)).toBe(false);
  pictures.shown("k0");
  expect(allReady(pictures.of("c1"), 5)).toBe(true);
  expect(pictures.take("c1")).toEqual(["p1"]);
  expect(pictures.of("c1")).toEqual([]);
  expect(server.forgotten).toEqual(["blob:3"]);
});

it("says of each picture why it cannot be sent", async () => {
  pictures.add("c1", [photo(0), photo(3, "application/pdf")]);
  const large = photo();
  Object.defineProperty(large, "size", { value: LARGEST_PICTURE + 1 });
  pictures.add("c1", [large]);
  expect(pictures.of("c1").map(({ refusal }) => refusal)).toEqual(["empty", "no picture", "too large"]);
  expect(server.puts).toEqual([]);
  server.answers = [view("refused", { refusal: { code: "broken", text: "This file is damaged." } })];
  pictures.add("c2", [photo()]);
  await settled();
  expect(pictures.of("c2")).toMatchObject([{ state: "refused", refusal: "This file is damaged.", canRetry: false }]);
  expect(allReady(pictures.of("c2"), 5)).toBe(false);
});

it("tries again what the network broke, when asked to", async () => {
  server.failure = new Error("offline");
  pictures.add("c1", [photo()]);
  await settled();
  expect(pictures.of("c1")).toMatchObject([{ state: "refused", refusal: "offline", canRetry: true }]);
  server.failure = null;
  pictures.retry("k0");
  await settled();
  expect(pictures.of("c1")).toMatchObject([{ state: "ready", refusal: null }]);
});

it("stops what is taken away, and keeps conversations apart", async () => {
  pictures.add("c1", [photo()]);
  pictures.add("c2", [photo()]);
  await settled();
  pictures.remove("k0");
  expect(server.signals[0]?.aborted).toBe(true);
  expect(pictures.of("c1")).toEqual([]);
  expect(pictures.of("c2")).toHaveLength(1);
  pictures.clear();
  expect(pictures.of("c2")).toEqual([]);
  expect(server.signals[1]?.aborted).toBe(true);
});

it("gives up on a check that never ends", async () => {
  server.ports.check = () => Promise.resolve(view("pending"));
  server.ports.look = () => Promise.resolve(view("pending"));
  pictures.add("c1", [photo()]);
  await settled();
  await settled();
  expect(pictures.of("c1")).toMatchObject([{ refusal: "stuck", canRetry: true }]);
});

it("knows how many one message may have", () => {
  expect(mostPictures("sms")).toBe(5);
  expect(mostPictures("whatsapp")).toBe(1);
  expect(allReady([], 1)).toBe(true);
});

it("knows the places where a conversation is started from conversations", () => {
  expect(startAt(startingWith("boston", "o-1"))).toEqual({ storeId: "boston", orderId: "o-1" });
  expect(startAt("01M3250V000000000000000003")).toBeNull();
});
