/** A fresh idempotency key: 128 random bits. (crypto.randomUUID is missing on plain-http origins.) */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Keys that stay with their content: the same again is the same request, other content is another one. */
export function keyring(): (content: string) => string {
  const keys = new Map<string, string>();
  return (content) => {
    const key = keys.get(content) ?? newKey();
    keys.set(content, key);
    return key;
  };
}
