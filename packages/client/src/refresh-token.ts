import type { ClientOptions } from "./types.ts";

/** Where this client keeps its refresh token, as far as it sees it. */
export interface RefreshTokens {
  /** Undefined in cookie mode, where no script sees it, and where there is none. */
  read(): Promise<string | undefined>;
  write(token: string | undefined): Promise<void>;
}

type Options = Pick<ClientOptions, "transport" | "storage">;

/** A storage that fails is done without. */
export function createRefreshTokens({ transport, storage }: Options, key: string): RefreshTokens {
  let inMemory: string | undefined;
  return {
    async read() {
      if (!storage) return inMemory;
      try {
        return (await storage.getItem(key)) ?? undefined;
      } catch {
        return inMemory;
      }
    },
    async write(token) {
      if (transport === "cookie") return;
      inMemory = token;
      try {
        await (token === undefined ? storage?.removeItem(key) : storage?.setItem(key, token));
      } catch {
        // Full or forbidden: then the session lasts as long as the page.
      }
    },
  };
}
