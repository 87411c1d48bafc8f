import { AuthError, type Cognito, type Grant, type NewPasswordChallenge } from "./cognito";
import type { TokenStore } from "./tokenStore";

/** A token is renewed this long before it expires. */
const MARGIN_MS = 120_000;

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
    this.become({ is: "signed_in", userId: subject(this.idToken), fresh: false });
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

  /** A token that is valid for a while yet. Throws AuthError; an expired session signs out. */
  async token({ fresh = false } = {}): Promise<string> {
    if (fresh || this.expiresAt - this.now() < MARGIN_MS) {
      this.refreshing ??= this.refresh().finally(() => (this.refreshing = null));
      await this.refreshing;
    }
    return this.idToken;
  }

  /** Signs out here at once; tells the pool as well if it can be reached. */
  signOut(because: "asked" | "expired" = "asked"): void {
    const refreshToken = this.tokens.get();
    this.forget(because);
    if (refreshToken !== null && because === "asked") this.cognito.revoke(refreshToken).catch(() => undefined);
  }

  /** Another tab signed out: follow it. */
  followOtherTab(): void {
    if (this.state.is === "signed_in" && this.tokens.get() === null) this.forget("asked");
  }

  private async refresh(): Promise<void> {
    const refreshToken = this.tokens.get();
    try {
      if (refreshToken === null) throw new AuthError("NotAuthorizedException");
      this.take(await this.cognito.refresh(refreshToken));
    } catch (error) {
      const refused = error instanceof AuthError && error.code !== "Network";
      if (refused && error.code !== "TooManyRequestsException") this.forget("expired");
      throw error;
    }
  }

  private accept(grant: Grant, stay: boolean): void {
    if (grant.refreshToken !== null) this.tokens.set(grant.refreshToken, stay);
    this.take(grant);
    this.become({ is: "signed_in", userId: subject(grant.idToken), fresh: true });
  }

  private take(grant: Grant): void {
    this.idToken = grant.idToken;
    this.expiresAt = this.now() + grant.expiresIn * 1000;
    if (grant.refreshToken !== null) this.tokens.replace(grant.refreshToken);
  }

  private forget(because: "asked" | "expired"): void {
    this.idToken = "";
    this.expiresAt = 0;
    this.tokens.clear();
    this.become({ is: "signed_out", because });
  }

  private become(state: SessionState): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
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
