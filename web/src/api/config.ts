/** What differs between places where the app is served. `api` is a path or a full address. */
export interface Config {
  api: string;
  auth: { endpoint: string; client_id: string };
}

/** Fetches /config.json. Throws when it is missing or broken: nothing works without it. */
export async function loadConfig(): Promise<Config> {
  const response = await fetch("/config.json", { cache: "no-store" });
  if (!response.ok) throw new Error(`config.json: ${response.status}`);
  const config = (await response.json()) as Config;
  return { ...config, api: config.api.replace(/\/+$/, "") };
}
