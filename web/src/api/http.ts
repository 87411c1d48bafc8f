import { ApiError, NetworkError } from "./errors";
import type { ErrorInfo } from "./types";

export interface Credentials {
  /** A valid ID token; `fresh` asks for a new one because the last was refused. */
  token(options?: { fresh: boolean }): Promise<string>;
}

export interface RequestOptions {
  query?: Record<string, string | number | boolean | null | undefined>;
  body?: object;
  /** Sent as Idempotency-Key: the same key never takes effect twice. */
  key?: string;
  signal?: AbortSignal | undefined;
}

const TIMEOUT_MS = 35_000;

/** Speaks JSON with the API: adds the token, renews it once when refused, turns refusals into ApiError. */
export class Http {
  constructor(
    private readonly base: string,
    private readonly credentials: Credentials,
  ) {}

  async send<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
    const first = await this.attempt(method, path, options, await this.credentials.token());
    if (first.status !== 401) return answer<T>(first);
    return answer<T>(await this.attempt(method, path, options, await this.credentials.token({ fresh: true })));
  }

  private async attempt(method: string, path: string, options: RequestOptions, token: string): Promise<Response> {
    const headers: Record<string, string> = { Authorization: token };
    if (options.body) headers["Content-Type"] = "application/json";
    if (options.key !== undefined) headers["Idempotency-Key"] = options.key;
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    try {
      return await fetch(this.base + path + queryString(options.query), {
        method,
        headers,
        body: options.body ? JSON.stringify(options.body) : null,
        signal: options.signal ? AbortSignal.any([options.signal, timeout]) : timeout,
        cache: "no-store",
      });
    } catch (error) {
      if (options.signal?.aborted) throw error;
      throw new NetworkError("no answer", { cause: error });
    }
  }
}

function queryString(query: RequestOptions["query"]): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== "") parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text === "" ? "" : `?${text}`;
}

async function answer<T>(response: Response): Promise<T> {
  if (response.status === 204) return undefined as T;
  let data: unknown;
  try {
    data = await response.json();
  } catch (error) {
    if (response.ok) throw new NetworkError("broken answer", { cause: error });
  }
  if (response.ok) return data as T;
  const { error } = (data ?? {}) as { error?: Partial<ErrorInfo> };
  const { code = `http_${response.status}`, message = response.statusText, details } = error ?? {};
  throw new ApiError(response.status, code, message, details);
}
