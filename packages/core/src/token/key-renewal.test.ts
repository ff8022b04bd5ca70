/** How a function learns of a key it does not know, and how little somebody with made-up names can make it do. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { reasonOf } from "../../test/refusal.ts";
import { forgetConfig } from "../config.ts";
import { generateSecrets } from "../generate-secrets.ts";
import { randomHex } from "../id.ts";
import { forgetSecrets, type SecretName } from "../secrets.ts";
import * as Token from "./index.ts";

let secrets: Record<SecretName, string>;
/** How often each was asked for. */
let reads: Partial<Record<string, number>>;
let isDown: boolean;

const store = createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  const { Name } = JSON.parse(body) as { Name: string };
  const name = String(Name.split("/").at(-2)) as SecretName;
  reads[name] = (reads[name] ?? 0) + 1;
  response.writeHead(isDown ? 400 : 200, { "Content-Type": "application/x-amz-json-1.1" });
  response.end(
    JSON.stringify(isDown ? { __type: "AccessDenied" } : { Parameter: { Name, Value: secrets[name] } }),
  );
});

beforeAll(async () => {
  await new Promise<void>((resolve) => store.listen(0, "127.0.0.1", resolve));
  vi.stubEnv("AWS_ENDPOINT_URL_SSM", `http://127.0.0.1:${(store.address() as AddressInfo).port}`);
  vi.stubEnv("SECRETS", "ssm:/sst/gatehouse/test/Secret");
  forgetConfig();
});
afterAll(() => {
  vi.unstubAllEnvs();
  store.closeAllConnections();
  store.close();
});

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
  forgetSecrets();
  secrets = generateSecrets();
  [reads, isDown] = [{}, false];
});
afterEach(() => {
  vi.useRealTimers();
});

function pass(seconds: number): void {
  vi.setSystemTime(Date.now() + seconds * 1000);
}

const issue = () => Token.issue({ sub: "u", sid: "s", scope: "", roles: [], auth_time: 0 }, 900);
const readsOfKeys = () => reads["VERIFICATION_KEYS"];

/** A token that names a key nobody has. */
async function madeUp(): Promise<string> {
  const [, payload, signature] = (await issue()).split(".");
  const header = Buffer.from(JSON.stringify({ alg: "ES256", typ: "at+jwt", kid: randomHex() }));
  return `${header.toString("base64url")}.${payload}.${signature}`;
}

async function verifyMadeUp(count: number): Promise<void> {
  const tokens = await Promise.all(Array.from({ length: count }, madeUp));
  const reasons = await Promise.all(tokens.map((token) => reasonOf(Token.verify(token))));
  expect(new Set(reasons)).toEqual(new Set(["kid names no key of this stage"]));
}

it("a hundred made-up names at once cost one read, and no other for ten seconds", async () => {
  await verifyMadeUp(100);
  expect(readsOfKeys()).toBe(1);
  pass(9.999);
  await verifyMadeUp(100);
  expect(readsOfKeys()).toBe(1);
});

it("after that a hundred more at once cost one read again, however long they go on", async () => {
  await verifyMadeUp(1);
  for (let second = 1; second <= 60; second += 1) {
    pass(1);
    await verifyMadeUp(second % 10 === 0 ? 100 : 1);
  }
  expect(readsOfKeys()).toBe(1 + 6);
});

it("a name that is known costs none", async () => {
  const token = await issue();
  for (let second = 0; second < 120; second += 20) {
    await Token.verify(token);
    pass(20);
  }
  expect(readsOfKeys()).toBe(1);
});

it("a key that is new is known ten seconds later at the most, long before the secret would be read again", async () => {
  await issue();
  pass(295);
  await verifyMadeUp(1);
  // Now what signs reads its secret again, and what verifies has just done so.
  pass(5);
  secrets = generateSecrets();
  const token = await issue();
  expect(await reasonOf(Token.verify(token))).toBe("kid names no key of this stage");
  pass(5);
  await expect(Token.verify(token)).resolves.toMatchObject({ sub: "u" });
  expect(readsOfKeys()).toBe(2);
});

it("where the keys cannot be read again, those that are known stay", async () => {
  const token = await issue();
  await Token.verify(token);
  isDown = true;
  pass(10);
  await verifyMadeUp(1);
  await expect(Token.verify(token)).resolves.toMatchObject({ sub: "u" });
  expect(readsOfKeys()).toBe(2);
});
