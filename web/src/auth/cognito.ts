/**
 * The calls to an Amazon Cognito user pool that sign-in needs, without the SDK.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_InitiateAuth.html
 */
export interface Grant {
  idToken: string;
  /** Null when the answer keeps the one we have. */
  refreshToken: string | null;
  /** Seconds. */
  expiresIn: number;
}

export interface NewPasswordChallenge {
  username: string;
  session: string;
}

export type SignInAnswer = { grant: Grant } | { challenge: NewPasswordChallenge };

/** `code`: Cognito's exception name, `Network`, or `UnsupportedChallenge`. */
export class AuthError extends Error {
  override name = "AuthError";

  constructor(
    readonly code: string,
    message = code,
  ) {
    super(message);
  }
}

interface AuthAnswer {
  AuthenticationResult?: { IdToken: string; RefreshToken?: string; ExpiresIn: number };
  ChallengeName?: string;
  ChallengeParameters?: Record<string, string>;
  Session?: string;
}

export class Cognito {
  constructor(
    private readonly endpoint: string,
    private readonly clientId: string,
    private readonly request: typeof fetch = (input, init) => fetch(input, init),
  ) {}

  async signIn(email: string, password: string): Promise<SignInAnswer> {
    const answer = await this.call("InitiateAuth", {
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: email, PASSWORD: password },
    });
    if (answer.ChallengeName !== "NEW_PASSWORD_REQUIRED") return { grant: grant(answer) };
    const username = answer.ChallengeParameters?.["USER_ID_FOR_SRP"] ?? email;
    return { challenge: { username, session: answer.Session ?? "" } };
  }

  async setNewPassword(challenge: NewPasswordChallenge, password: string): Promise<Grant> {
    const answer = await this.call("RespondToAuthChallenge", {
      ChallengeName: "NEW_PASSWORD_REQUIRED",
      Session: challenge.session,
      ChallengeResponses: { USERNAME: challenge.username, NEW_PASSWORD: password },
    });
    return grant(answer);
  }

  async refresh(refreshToken: string): Promise<Grant> {
    const answer = await this.call("InitiateAuth", {
      AuthFlow: "REFRESH_TOKEN_AUTH",
      AuthParameters: { REFRESH_TOKEN: refreshToken },
    });
    return grant(answer);
  }

  /** Makes the refresh token useless everywhere. */
  async revoke(refreshToken: string): Promise<void> {
    await this.call("RevokeToken", { Token: refreshToken });
  }

  private async call(action: string, body: object): Promise<AuthAnswer> {
    let response: Response;
    try {
      response = await this.request(this.endpoint, {
        method: "POST",
        headers: {
          "Content-Type": "application/x-amz-json-1.1",
          "X-Amz-Target": `AWSCognitoIdentityProviderService.${action}`,
        },
        body: JSON.stringify({ ClientId: this.clientId, ...body }),
      });
    } catch {
      throw new AuthError("Network");
    }
    const data = (await response.json().catch(() => ({}))) as AuthAnswer & { __type?: string; message?: string };
    if (response.ok) return data;
    if (response.status >= 500) throw new AuthError("Network");
    throw new AuthError(data.__type?.split("#").at(-1) ?? `Http${response.status}`, data.message);
  }
}

function grant(answer: AuthAnswer): Grant {
  const result = answer.AuthenticationResult;
  if (!result) throw new AuthError("UnsupportedChallenge", answer.ChallengeName);
  return { idToken: result.IdToken, refreshToken: result.RefreshToken ?? null, expiresIn: result.ExpiresIn };
}
