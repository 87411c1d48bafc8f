/** A colleague who has the conversation on screen open, too (X16). */
export interface Person {
  id: string;
  name: string;
  writing: boolean;
  /** Milliseconds after which nobody believes it any more. */
  fades_in: number;
}

export interface PresenceFrame {
  conversation_id: string;
  people: Person[];
}

export type Doing = "looking" | "writing" | "gone";

/** Said again so often; the server believes it for a minute. */
const AGAIN_MS = 25_000;
/** Never more often than so. */
const APART_MS = 1_000;
/** Who stops for so long writes no more. */
const STILL_MS = 6_000;
const NOBODY: readonly Person[] = [];

/** Tells colleagues which conversation is on screen and whether something is being written, and knows who else is there. */
export class Presence {
  private readonly listeners = new Set<() => void>();
  private people = NOBODY;
  /** What frames have said of each conversation, for lists: also of one that was left, until it fades. */
  private readonly rows = new Map<string, readonly Person[]>();
  private readonly fading = new Map<string, ReturnType<typeof setTimeout>>();
  private until = new Map<string, number>();
  private open: string | null = null;
  private writing = false;
  private inView = true;
  private told: string | null = null;
  private saidAt = -Infinity;
  private again: ReturnType<typeof setTimeout> | undefined;
  private still: ReturnType<typeof setTimeout> | undefined;
  private fade: ReturnType<typeof setTimeout> | undefined;

  /** `say` drops what cannot be said now. */
  constructor(private readonly say: (conversationId: string, doing: Doing) => void) {}

  /** Who else has the conversation on screen open. */
  readonly get = (): readonly Person[] => this.people;

  /** Who else has a conversation open, as far as is known: colleagues tell those who look at the same one. */
  readonly of = (conversationId: string): readonly Person[] => this.rows.get(conversationId) ?? NOBODY;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** A conversation is on screen, until the answer is called. */
  show(conversationId: string): () => void {
    this.open = conversationId;
    this.writing = false;
    this.update();
    return () => this.open === conversationId && this.leave();
  }

  /** Somebody types, or has nothing left to send. */
  readonly write = (writing: boolean): void => {
    clearTimeout(this.still);
    if (writing) this.still = setTimeout(() => this.write(false), STILL_MS);
    if (this.writing === writing) return;
    this.writing = writing;
    this.update();
  };

  /** The page came into view, or went out of it. */
  look(inView: boolean): void {
    if (this.inView === inView) return;
    this.inView = inView;
    if (inView) this.update();
    else this.goAway();
  }

  /** The server knows nothing yet of what this new connection shows. */
  connected(): void {
    this.saidAt = -Infinity;
    this.update();
  }

  received({ conversation_id, people }: PresenceFrame): void {
    const isNews = this.keep(conversation_id, people);
    const isShown = conversation_id === this.open && people.length + this.people.length > 0;
    if (isNews && !isShown) this.tell();
    if (conversation_id !== this.open) return;
    const now = Date.now();
    this.until = new Map(people.map((person) => [person.id, now + person.fades_in]));
    this.showPeople(people);
  }

  stop(): void {
    this.leave();
    for (const timer of this.fading.values()) clearTimeout(timer);
    this.fading.clear();
    this.rows.clear();
    this.listeners.clear();
  }

  private update(): void {
    clearTimeout(this.again);
    if (this.open === null || !this.inView) return;
    if (this.told !== null && this.told !== this.open) this.goAway();
    const wait = this.saidAt + APART_MS - Date.now();
    if (wait <= 0) {
      this.saidAt = Date.now();
      this.told = this.open;
      this.say(this.open, this.writing ? "writing" : "looking");
    }
    this.again = setTimeout(() => this.update(), wait > 0 ? wait : AGAIN_MS);
  }

  private leave(): void {
    clearTimeout(this.still);
    this.goAway();
    this.open = null;
  }

  private goAway(): void {
    clearTimeout(this.again);
    if (this.told !== null) {
      this.say(this.told, "gone");
      this.settle(this.told);
    }
    this.told = null;
    this.showPeople(NOBODY);
  }

  /** Whether that is another thing to show in lists. */
  private keep(conversationId: string, people: readonly Person[]): boolean {
    clearTimeout(this.fading.get(conversationId));
    this.fading.delete(conversationId);
    if (people.length === 0) return this.rows.delete(conversationId);
    this.rows.set(conversationId, people);
    const next = Math.min(...people.map((person) => person.fades_in));
    this.fading.set(
      conversationId,
      setTimeout(() => this.fadeRow(conversationId, next), next),
    );
    return true;
  }

  /** So many milliseconds have passed since it was said. */
  private fadeRow(conversationId: string, passed: number): void {
    if (this.keep(conversationId, later(this.of(conversationId), passed))) this.tell();
  }

  /** Of one that was left nothing more is heard: whoever wrote there counts as looking until that fades. */
  private settle(conversationId: string): void {
    const people = this.rows.get(conversationId);
    if (!people?.some((person) => person.writing)) return;
    this.rows.set(
      conversationId,
      people.map((person) => ({ ...person, writing: false })),
    );
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }

  private showPeople(people: readonly Person[]): void {
    clearTimeout(this.fade);
    const next = Math.min(...people.map((person) => this.until.get(person.id) ?? 0));
    if (people.length > 0) this.fade = setTimeout(() => this.fadeOut(), Math.max(0, next - Date.now()));
    if (people.length === 0 && this.people.length === 0) return;
    this.people = people;
    this.tell();
  }

  private fadeOut(): void {
    const now = Date.now();
    this.showPeople(this.people.filter((person) => (this.until.get(person.id) ?? 0) > now));
  }
}

/** Who is left after so many milliseconds. */
function later(people: readonly Person[], passed: number): readonly Person[] {
  return people
    .map((person) => ({ ...person, fades_in: person.fades_in - passed }))
    .filter((person) => person.fades_in > 0);
}
