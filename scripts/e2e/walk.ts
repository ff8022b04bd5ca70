import {
  type Client,
  type ClientOptions,
  createClient,
  type Result,
  type TokenStorage,
} from "../../packages/client/src/index.ts";
import { cookieFetch } from "../../packages/client/src/server.ts";
import type { CheckedFetch } from "./checked-fetch.ts";

export interface WalkOptions {
  /** Of the API, without a slash at the end. */
  readonly base: string;
  /** A page that the stage allows; without one the origin that the API calls its own. */
  readonly origin: string | undefined;
  /** Of an account that is there, and stays. Without it the walk makes one, and deletes it. */
  readonly account: { readonly email: string; readonly password: string } | undefined;
  /** How long the gateway keeps the authorizer's answer. */
  readonly cacheSeconds: number;
}

interface Mail {
  readonly code: string | null;
}

/** What stops a step without being a fault of the API: why it cannot be taken here. */
export class Skipped extends Error {}

/** What the steps of one walk share. */
export class Walk {
  readonly options: WalkOptions;
  readonly http: CheckedFetch;
  readonly origin: string;
  readonly isOwn: boolean;
  email: string;
  password: string;
  /** In bearer mode, logged in by a step. */
  readonly auth: Client;
  readonly #storage = memory();

  constructor(options: WalkOptions, http: CheckedFetch) {
    const { account, base, origin = new URL(http.issuer).origin } = options;
    this.options = options;
    this.http = http;
    this.origin = origin;
    this.isOwn = account === undefined;
    // The simulator of SES takes every mail and none of them bounces (SES guide, "Using the mailbox simulator").
    this.email = account?.email ?? `success+${crypto.randomUUID()}@simulator.amazonses.com`;
    this.password = account?.password ?? newPassword();
    this.auth = createClient({
      baseUrl: base,
      transport: "bearer",
      fetch: http.fetch,
      storage: this.#storage,
    });
  }

  /** The refresh token of `auth`. */
  get refreshToken(): string {
    return this.#storage.value ?? "";
  }

  /** Another client, as if on another device. What the API sets as cookies it is told. */
  open(transport: ClientOptions["transport"], onSetCookie: (line: string) => void = () => {}): Client {
    const { fetch } = this.http;
    const { origin } = this;
    const own = transport === "cookie" ? cookieFetch({ cookie: null, origin, onSetCookie, fetch }) : fetch;
    return createClient({ baseUrl: this.options.base, transport, fetch: own });
  }

  /** A request that no client makes. */
  send(
    what: string,
    { headers = {}, body }: { headers?: Record<string, string>; body?: object } = {},
  ): Promise<Response> {
    const [method = "", path = ""] = what.split(" ");
    const json = body && { "content-type": "application/json" };
    const init = { method, headers: { ...json, ...headers }, ...(body && { body: JSON.stringify(body) }) };
    return this.http.fetch(`${this.options.base}${path}`, init);
  }

  /** The newest mail to this account, from the mailbox of a laptop; undefined on a stage. */
  async mail(): Promise<Mail | undefined> {
    const url = `${this.options.base}/_local/mail.json?to=${encodeURIComponent(this.email)}`;
    for (let tries = 0; tries < 50; tries += 1) {
      const response = await fetch(url);
      if (!response.ok) return undefined;
      const { mails } = (await response.json()) as { mails: Mail[] };
      const [mail] = mails;
      if (mail) return mail;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return undefined;
  }
}

/** A storage for one token. */
function memory(): TokenStorage & { value: string | null } {
  return {
    value: null,
    getItem() {
      return this.value;
    },
    setItem(_, value) {
      this.value = value;
    },
    removeItem() {
      this.value = null;
    },
  };
}

export function newPassword(): string {
  return `a walk of ${crypto.randomUUID().slice(0, 18)}`;
}

/** The code of the error, or undefined where there is none. */
export async function codeOf(call: Promise<Result<unknown>>): Promise<string | undefined> {
  return (await call).error?.code;
}
