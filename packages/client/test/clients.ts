import { type ClientOptions, createClient } from "../src/index.ts";
import { FakeApi } from "./fake-api.ts";

export const baseUrl = "https://auth.example.com";

export const credentials = { email: "test@example.com", password: "correct horse battery" };

/** A client of an API of its own, or of the one that is given. */
export function clientOf(options: Partial<ClientOptions> & { readonly api?: FakeApi } = {}) {
  const { api = new FakeApi(), transport = "bearer", ...rest } = options;
  api.transport = transport;
  return { api, client: createClient({ baseUrl, transport, fetch: api.fetch, ...rest }) };
}

/** The same, logged in. */
export async function loggedIn(options: Parameters<typeof clientOf>[0] = {}) {
  const opened = clientOf(options);
  await opened.client.orThrow.login(credentials);
  return opened;
}

/** What `localStorage` is. */
export function memoryStorage() {
  const items = new Map<string, string>();
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
}
