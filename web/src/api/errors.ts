/** The server's refusal: `code`, `message` and `details` as in its one error shape. */
export class ApiError extends Error {
  override name = "ApiError";

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly details: Record<string, unknown> = {},
  ) {
    super(message);
  }

  /** The same request may well work later: it was our or the network's fault, not the request's. */
  get isTransient(): boolean {
    return this.status >= 500 || this.status === 429 || this.status === 401 || this.status === 408;
  }
}

/** No answer: offline, no route, or the connection broke. The request may or may not have taken effect. */
export class NetworkError extends Error {
  override name = "NetworkError";
}
