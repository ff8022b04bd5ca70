/**
 * Keys turn while clients go on, on a clock that the test sets. Each function runs in four containers with caches of
 * their own, so that those who sign and those who verify never learn of a change together.
 */
import "../../../test/environment.ts";
import { dirname } from "node:path";
import { type Route, routes } from "@gatehouse/contract";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { replaceKeys, retireKey, rotateKeys } from "../../../scripts/key-commands.ts";
import { openSecretFile } from "../../../scripts/secret-store.ts";
import { KeyRingError } from "../../core/src/token/key-ring.ts";
import { captureStdout } from "../../functions/test/stdout.ts";
import { type GatewayRoute, type Invoke, type RunningGateway, startGateway } from "../src/gateway/index.ts";
import { createInlineFunction } from "../src/lambda/index.ts";
import { send } from "./support/send.ts";

captureStdout();

const authorizerCacheSeconds = 60;
const password = "correct horse battery";
const store = openSecretFile(dirname(String(process.env["SECRETS"]).slice("file:".length)));

let house: RunningGateway;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
});
afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  await house.stop();
});

async function startHouse(settings: Readonly<Record<string, number>>): Promise<void> {
  for (const [key, seconds] of Object.entries(settings)) vi.stubEnv(key, String(seconds));
  const authorizer = {
    invoke: await startContainers("authorizer"),
    cacheSeconds: authorizerCacheSeconds,
    identitySources: ["$request.header.Authorization"],
    payloadFormatVersion: "2.0" as const,
  };
  const served: GatewayRoute[] = [];
  for (const name of ["register", "login", "refresh", "me", "jwks"] as const) {
    const { method, path, authorizer: by }: Route = routes[name];
    const target = await startContainers(name);
    served.push({ routeKey: `${method} ${path}`, target, ...(by === "token" && { authorizer }) });
  }
  house = await startGateway({ routes: served });
}

/**
 * Four containers of a function, asked in turn. Each has modules, and so caches, of its own, and they come into use
 * a quarter of an hour apart: that is how far apart they learn of a change.
 */
async function startContainers(name: string): Promise<Invoke> {
  const containers: Invoke[] = [];
  for (let count = 0; count < 4; count += 1) {
    vi.resetModules();
    const { handler } = await import(`../../functions/src/${name}.ts`);
    containers.push(createInlineFunction({ handler, name, timeoutSeconds: 9 }).invoke);
  }
  const startedAt = now();
  let calls = 0;
  return (event, context) => {
    const inUse = containers.slice(0, 1 + Math.floor((now() - startedAt) / 900));
    const invoke = inUse[calls++ % inUse.length] as Invoke;
    return invoke(event, context);
  };
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}

function pass(seconds: number): void {
  vi.setSystemTime(Date.now() + seconds * 1000);
}

interface Client {
  token: string;
  refreshToken: string;
  expiresAt: number;
  /** It refreshes when its token has no longer than this to live. */
  readonly refreshesAt: number;
}

async function logIn(email: string, refreshesAt = 0): Promise<Client> {
  const { status, body } = await send(house.url, "POST /login", { body: { email, password } });
  expect(status).toBe(200);
  return { ...body, expiresAt: now() + body.expiresIn, refreshesAt };
}

async function register(email: string): Promise<void> {
  expect((await send(house.url, "POST /register", { body: { email, password } })).status).toBe(201);
}

async function refresh(client: Client): Promise<number> {
  const { refreshToken } = client;
  const { status, body } = await send(house.url, "POST /refresh", { body: { refreshToken } });
  if (status === 200) Object.assign(client, body, { expiresAt: now() + body.expiresIn });
  return status;
}

/** One that goes on: refreshes in time and calls. Answers the status of every call. */
async function goOn(client: Client): Promise<number[]> {
  const refreshed = client.expiresAt - now() <= client.refreshesAt ? [await refresh(client)] : [];
  return [...refreshed, (await send(house.url, "GET /me", { token: client.token })).status];
}

function kidOf({ token }: Client): string {
  return JSON.parse(Buffer.from(token.split(".")[0] ?? "", "base64url").toString()).kid;
}

/**
 * Somebody else who verifies, and keeps the served keys as long as API Gateway's JWT authorizer may. Answers whether
 * the key of a client's token is among them.
 */
function observe(): (client: Client) => Promise<boolean> {
  const longestSeconds = routes.jwks.cacheSeconds + 7200;
  let kept: { readonly at: number; readonly kids: readonly string[] } | undefined;
  return async (client) => {
    if (kept === undefined || now() - kept.at > longestSeconds)
      kept = { at: now(), kids: await servedKids() };
    return kept.kids.includes(kidOf(client));
  };
}

async function servedKids(): Promise<string[]> {
  const { body } = await send(house.url, `GET ${routes.jwks.path}`);
  return body.keys.map(({ kid }: { kid: string }) => kid);
}

async function isAllowed(command: () => Promise<unknown>): Promise<boolean> {
  return command().then(
    () => true,
    (error: unknown) => {
      if (error instanceof KeyRingError) return false;
      throw error;
    },
  );
}

it("in two full turns of the ring, from EC to RSA keys and back, no live client is refused", async () => {
  // The hardest settings there are: whatever is kept, is kept as long as it may be.
  await startHouse({ SECRETS_CACHE_SECONDS: 3600, ACCESS_TOKEN_SECONDS: 3600 });
  const tickSeconds = 300;
  await register("turn@example.com");
  const clients: Client[] = [];
  for (const ticks of [1, 4, 10]) clients.push(await logIn("turn@example.com", ticks * tickSeconds));
  const observers: ReturnType<typeof observe>[] = [];
  const signedWith = new Set<string>();
  const algorithms = ["ES256", "RS256", "RS256", "ES256", "ES256", "ES256"] as const;
  let [rotated, retired] = [0, 0];
  // Each command is given as soon as it is allowed; everything ends when the last previous key is gone for an hour.
  for (let ticksAfter = 0; ticksAfter < 12; ticksAfter += retired === algorithms.length ? 1 : 0) {
    if (await isAllowed(() => retireKey(store))) retired += 1;
    const algorithm = algorithms[rotated];
    if (algorithm && (await isAllowed(() => rotateKeys(store, { algorithm })))) rotated += 1;
    // One more at each tick, so that some learn of a change at once and some at the last moment.
    if (observers.length < 26) observers.push(observe());
    for (const client of clients) {
      expect(new Set(await goOn(client)), `after ${rotated} rotations`).toEqual(new Set([200]));
      const known = await Promise.all(observers.map((knows) => knows(client)));
      expect(new Set(known), `after ${rotated} rotations`).toEqual(new Set([true]));
      signedWith.add(kidOf(client));
    }
    pass(tickSeconds);
  }
  expect({ rotated, retired }).toEqual({ rotated: 6, retired: 6 });
  expect(signedWith.size).toBe(7);
}, 120_000);

it("after an emergency every token of before is refused, within the time that is promised", async () => {
  await startHouse({ SECRETS_CACHE_SECONDS: 300, ACCESS_TOKEN_SECONDS: 900 });
  await register("emergency@example.com");
  const clients = [await logIn("emergency@example.com"), await logIn("emergency@example.com")];
  pass(300);
  // The worst moment: every container has just read its secrets again, and the gateway keeps its answers from now on.
  for (const client of [...clients, ...clients]) {
    expect([await refresh(client), ...(await goOn(client))]).toEqual([200, 200]);
  }
  await replaceKeys(store);

  pass(300 + authorizerCacheSeconds);
  for (const client of clients) {
    expect(client.expiresAt).toBeGreaterThan(now());
    expect(await goOn(client)).toEqual([403]);
    const { refreshToken } = client;
    const { status, body } = await send(house.url, "POST /refresh", { body: { refreshToken } });
    expect([status, body.code]).toEqual([401, "invalid_refresh_token"]);
  }
  expect(await goOn(await logIn("emergency@example.com"))).toEqual([200]);
});
