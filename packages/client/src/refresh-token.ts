import type { ClientOptions } from "./types.ts";

/** Where this client keeps its refresh token, as far as it sees it. */
export interface RefreshTokens {
  /** Undefined in cookie mode, where no script sees it, and where there is none. */
  read(): Promise<string | undefined>;
  write(token: string | undefined): Promise<void>;
}

type Options = Pick<ClientOptions, "transport" | "storage">;

export function createRefreshTokens({ transport, storage }: Options, key: string): RefreshTokens {
  let inMemory: string | undefined;
  return {
    async read() {
      if (transport === "cookie" || !storage) return inMemory;
      return (await storage.getItem(key)) ?? undefined;
    },
    async write(token) {
      if (transport === "cookie") return;
      inMemory = token;
      await (token === undefined ? storage?.removeItem(key) : storage?.setItem(key, token));
    },
  };
}
