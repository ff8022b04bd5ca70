import { randomBytes } from "node:crypto";
import { afterAll, beforeAll } from "vitest";
import { type House, useHouse } from "../../packages/local/test/support/house.ts";
import { type PageServer, servePage } from "./serve-page.ts";

export const password = "correct horse battery";

export function newEmail(): string {
  return `p-${randomBytes(6).toString("hex")}@example.com`;
}

export interface Site extends House {
  /** A blank page of an origin that the API allows, of the API's own site, with the client in `auth`. */
  page(options: ClientChoice): string;
  /** The same page as somebody else's: of another site, which the API knows nothing of. */
  foreignPage(): string;
  /** Makes an account, and answers its email. */
  register(): Promise<string>;
}

export interface ClientChoice {
  readonly transport: "cookie" | "bearer";
  /** Where the client keeps its refresh token in bearer mode. */
  readonly storage?: "localStorage" | "sessionStorage";
}

/** The API and a page beside it, for all the tests of a file. */
export function useSite(settings: Readonly<Record<string, string>> = {}): Site {
  let server: PageServer | undefined;
  const origin = (host: string) => `http://${host}:${server?.port}`;
  beforeAll(async () => {
    server = await servePage();
  });
  afterAll(() => server?.stop());
  const house = useHouse(() => ({
    ALLOWED_ORIGINS: origin("localhost"),
    AUTHORIZER_CACHE_SECONDS: "0",
    ...settings,
  }));
  return Object.assign(house, {
    page: (choice: ClientChoice) =>
      `${origin("localhost")}/?${new URLSearchParams({ api: house.url, ...choice })}`,
    foreignPage: () => `${origin("127.0.0.1")}/`,
    async register() {
      const email = newEmail();
      const body = JSON.stringify({ email, password });
      const headers = { "Content-Type": "application/json" };
      const { status } = await fetch(`${house.url}/register`, { method: "POST", headers, body });
      if (status !== 201) throw new Error(`the registration was answered with ${status}`);
      return email;
    },
  });
}
