/** Pictures that are about to be sent: each as it looks, how far it is, or why it cannot be sent (X23). */
import { NetworkError } from "../api/errors";
import { upload as put } from "../api/upload";
import { newKey } from "../domain/keys";
import { mostPictures, Pictures } from "../outbox/pictures";
import * as api from "./api";
import { Refusal } from "./api";
import { arrange, element } from "./elements";
import { strings } from "./strings";
import { Tile } from "./tile";

const LIMIT = mostPictures("chat");

export class Tray {
  readonly list = element("ul", { class: "tray", "aria-label": strings.attached });
  readonly warning = element("p", { class: "warning", role: "alert" });
  onChange: () => void = () => undefined;
  private readonly tiles = new Map<string, Tile>();
  private readonly pictures = new Pictures({
    offer: api.offerPicture,
    put,
    check: api.checkPicture,
    look: api.upload,
    local: (file) => URL.createObjectURL(file),
    forget: (local) => URL.revokeObjectURL(local),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    newKey,
    explain,
    words: strings.picturesWrong,
  });

  constructor(private readonly chatId: string) {
    this.pictures.subscribe(() => this.render());
  }

  get isEmpty(): boolean {
    return this.all.length === 0;
  }

  /** Whether a message can go out with what is here. */
  get isReady(): boolean {
    return this.all.length <= LIMIT && this.all.every(({ state }) => state === "ready");
  }

  add(files: readonly File[]): void {
    this.pictures.add(this.chatId, files);
  }

  /** The ids of all, which are then another message's business. */
  take(): string[] {
    return this.pictures.take(this.chatId);
  }

  private get all() {
    return this.pictures.of(this.chatId);
  }

  private render(): void {
    const total = this.all.length;
    const nodes = this.all.map((picture, index) => {
      const tile = this.tiles.get(picture.key) ?? this.made(picture.key);
      tile.show(picture, strings.picture(index + 1, total));
      return tile.node;
    });
    for (const key of this.tiles.keys()) if (!this.all.some((each) => each.key === key)) this.tiles.delete(key);
    arrange(this.list, nodes);
    this.warning.textContent = total > LIMIT ? strings.tooMany(LIMIT) : "";
    this.onChange();
  }

  private made(key: string): Tile {
    const tile = new Tile(
      () => this.pictures.retry(key),
      () => this.pictures.remove(key),
    );
    this.tiles.set(key, tile);
    return tile;
  }
}

function explain(error: unknown): string {
  const wrong = strings.picturesWrong;
  if (error instanceof NetworkError) return wrong.offline;
  if (!(error instanceof Refusal)) return wrong.other;
  if (error.code === "too_many_attempts") return wrong.often;
  return error.kind === "offline" ? wrong.offline : wrong.other;
}
