import { AuthError, type Cognito, type Grant, type NewPasswordChallenge } from "./cognito";
import type { TokenStore } from "./tokenStore";

/** A token is renewed this long before it expires. */
const MARGIN_MS = 120_000;
/** Cognito's name for "not you, or not any more". */
const REFUSED = "NotAuthorizedException";

export type SessionState =
  | { is: "restoring" }
  | { is: "signed_out"; because: "start" | "asked" | "expired" }
  | { is: "new_password"; challenge: NewPasswordChallenge; stay: boolean }
  | { is: "signed_in"; userId: string; fresh: boolean };

/** Who is signed in, and a valid ID token for the asking. The ID token lives in memory only. */
export class Session {
  private state: SessionState = { is: "restoring" };
  private idToken = "";
  private expiresAt = 0;
  private refreshing: Promise<void> | null = null;
  /** Counts sessions: an answer that an earlier one has asked for is dropped. */
  private generation = 0;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly cognito: Pick<Cognito, "signIn" | "setNewPassword" | "refresh" | "revoke">,
    private readonly tokens: TokenStore,
    private readonly now: () => number = Date.now,
  ) {}

  readonly get = (): SessionState => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Takes up the session of an earlier load, if there is one. Throws AuthError("Network") when that cannot be told. */
  async restore(): Promise<void> {
    if (this.tokens.get() === null) return this.become({ is: "signed_out", because: "start" });
    await this.refresh();
  }

  /** Throws AuthError. */
  async signIn(email: string, password: string, stay: boolean): Promise<void> {
    const answer = await this.cognito.signIn(email.trim(), password);
    if ("challenge" in answer) return this.become({ is: "new_password", challenge: answer.challenge, stay });
    this.accept(answer.grant, stay);
  }

  /** Throws AuthError. */
  async setNewPassword(password: string): Promise<void> {
    if (this.state.is !== "new_password") return;
    const { challenge, stay } = this.state;
    this.accept(await this.cognito.setNewPassword(challenge, password), stay);
  }

  /**
   * A token that is valid for a while yet, of the person `of` if given. Throws AuthError, also when somebody else is
   * signed in by now; an expired session signs out.
   */
  async token({ fresh = false, of }: { fresh?: boolean; of?: string } = {}): Promise<string> {
    this.followOtherTab();
    const { generation, userId } = this;
    if (userId === null || userId !== (of ?? userId)) throw new AuthError(REFUSED);
    if (fresh || this.expiresAt - this.now() < MARGIN_MS) await this.refreshOnce();
    if (generation !== this.generation) throw new AuthError(REFUSED);
    return this.idToken;
  }

  /** Signs out here at once; tells the pool as well if it can be reached. */
  signOut(): void {
    const { userId } = this;
    const kept = this.tokens.get();
    this.forget("asked", userId);
    if (kept && kept.userId === userId) this.cognito.revoke(kept.token).catch(() => undefined);
  }

  /** Another tab signed out, or somebody else signed in there: this session is over, theirs is not ours to touch. */
  followOtherTab(): void {
    const { userId } = this;
    if (userId !== null && this.tokens.get()?.userId !== userId) this.forget("asked", userId);
  }

  private get userId(): string | null {
    return this.state.is === "signed_in" ? this.state.userId : null;
  }

  /** Those who need a new token at the same time share one request; never with who was signed in before. */
  private async refreshOnce(): Promise<void> {
    const refreshing = (this.refreshing ??= this.refresh());
    try {
      await refreshing;
    } finally {
      if (this.refreshing === refreshing) this.refreshing = null;
    }
  }

  private async refresh(): Promise<void> {
    const { generation } = this;
    const kept = this.tokens.get();
    try {
      if (kept === null) throw new AuthError(REFUSED);
      const grant = await this.cognito.refresh(kept.token);
      if (generation !== this.generation) throw new AuthError(REFUSED);
      this.take(grant);
    } catch (error) {
      if (generation === this.generation && isFinal(error)) this.forget("expired", this.userId ?? kept?.userId ?? null);
      throw error;
    }
  }

  private accept(grant: Grant, stay: boolean): void {
    this.begin();
    const userId = subject(grant.idToken);
    if (grant.refreshToken !== null) this.tokens.set({ userId, token: grant.refreshToken }, stay);
    this.hold(grant);
    this.become({ is: "signed_in", userId, fresh: true });
  }

  /** Takes the answer to a renewal, if it is for who is signed in here and on this device. Throws AuthError. */
  private take(grant: Grant): void {
    const userId = subject(grant.idToken);
    if (userId !== (this.userId ?? userId) || userId !== this.tokens.get()?.userId) throw new AuthError(REFUSED);
    if (grant.refreshToken !== null) this.tokens.replace({ userId, token: grant.refreshToken });
    this.hold(grant);
    if (this.state.is === "restoring") this.become({ is: "signed_in", userId, fresh: false });
  }

  private hold(grant: Grant): void {
    this.idToken = grant.idToken;
    this.expiresAt = this.now() + grant.expiresIn * 1000;
  }

  private forget(because: "asked" | "expired", userId: string | null): void {
    this.begin();
    if (userId !== null) this.tokens.clear(userId);
    this.become({ is: "signed_out", because });
  }

  /** From here on, what an earlier session has asked for counts no more. */
  private begin(): void {
    this.generation += 1;
    this.refreshing = null;
    this.idToken = "";
    this.expiresAt = 0;
  }

  private become(state: SessionState): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}

/** Asking again later will not help. */
function isFinal(error: unknown): boolean {
  return error instanceof AuthError && error.code !== "Network" && error.code !== "TooManyRequestsException";
}

/** The `sub` claim. Only names local storage; the server checks the signature. */
function subject(idToken: string): string {
  try {
    const payload = (idToken.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
    return (JSON.parse(atob(payload)) as { sub: string }).sub;
  } catch {
    return "unknown";
  }
}
