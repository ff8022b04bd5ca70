/** What `npm run keys` does when something is wrong: keys that were stolen, are damaged, or are not there. */
import { generateSecrets } from "@gatehouse/core/generate-secrets";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { initialise, replaceKeys, retireKey, rotateKeys, showKeys } from "./key-commands.ts";
import type { SecretStore, Secrets } from "./secret-store.ts";
import { expectInStep, keysOf, kidIn, kids, memory, settledRing } from "./test/memory-store.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: 1_780_000_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("rotate --emergency", () => {
  it("replaces the ring and the keys of refresh tokens and codes whole, and nothing else", async () => {
    const store = await settledRing();
    const before = store.secrets;
    await replaceKeys(store);
    const { PASSWORD_PEPPER, REFRESH_KEY, CODE_KEY, AUDIT_KEY, SIGNING_KEYS, VERIFICATION_KEYS } =
      store.secrets;
    expect(PASSWORD_PEPPER).toBe(before.PASSWORD_PEPPER);
    // With another one no event that is on record would verify.
    expect(AUDIT_KEY).toBe(before.AUDIT_KEY);
    expect(REFRESH_KEY).not.toBe(before.REFRESH_KEY);
    expect(CODE_KEY).not.toBe(before.CODE_KEY);
    const old = new Set(kids(before.SIGNING_KEYS));
    expect([...kids(SIGNING_KEYS), ...kids(VERIFICATION_KEYS)].filter((kid) => old.has(kid))).toEqual([]);
    expectInStep(store.secrets);
  });

  it("shuts out before it lets in: after the first write no key of before verifies", async () => {
    const store = await settledRing();
    const old = kids(store.secrets.SIGNING_KEYS);
    await replaceKeys(store);
    for (const secrets of store.history) {
      expect(kids(secrets.VERIFICATION_KEYS).filter((kid) => old.includes(kid))).toEqual([]);
    }
  });

  it.each([1, 2, 3, 4])("interrupted at write %i is made whole by another", async (failingWrite) => {
    const store = await settledRing();
    const before = store.secrets;
    store.failingWrite = failingWrite;
    await expect(replaceKeys(store)).rejects.toThrow("the power went out");
    store.failingWrite = undefined;
    await replaceKeys(store);
    expect(store.secrets.REFRESH_KEY).not.toBe(before.REFRESH_KEY);
    expect(store.secrets.CODE_KEY).not.toBe(before.CODE_KEY);
    expect(store.secrets.AUDIT_KEY).toBe(before.AUDIT_KEY);
    expect(kids(store.secrets.SIGNING_KEYS)).not.toContain(kidIn(before, "current"));
    expectInStep(store.secrets);
  });

  it("keeps the algorithm, and makes ES256 keys where the old ones cannot be read", async () => {
    const store = memory(generateSecrets("RS256"));
    await replaceKeys(store);
    expect(keysOf(store.secrets.SIGNING_KEYS)[0]?.alg).toBe("RS256");
    store.secrets = { ...store.secrets, SIGNING_KEYS: "rubbish" };
    await replaceKeys(store);
    expect(keysOf(store.secrets.SIGNING_KEYS)[0]?.alg).toBe("ES256");
    expectInStep(store.secrets);
  });
});

it("no command tells a private member or any other secret", async () => {
  const store = memory();
  const lines = [
    ...(await initialise(store)),
    ...(await rotateKeys(store, { force: true, algorithm: "RS256" })),
    ...(await showKeys(store)),
    ...(await retireKey(store, { force: true })),
    ...(await replaceKeys(store, "RS256")),
  ].join("\n");
  const told = [...store.history.flatMap(secretTexts)].filter((secret) => lines.includes(secret));
  expect(told).toEqual([]);
});

function secretTexts({ SIGNING_KEYS, VERIFICATION_KEYS: _public, ...keys }: Secrets): string[] {
  const members = keysOf(SIGNING_KEYS).flatMap(({ d, p, q, dp, dq, qi }) => [d, p, q, dp, dq, qi]);
  return [...Object.values(keys), ...members].filter((secret) => secret !== undefined);
}

it.each([
  ["rotate", rotateKeys],
  ["rotate --emergency", (store: SecretStore) => replaceKeys(store)],
  ["retire", retireKey],
  ["show", showKeys],
])("%s says so where there are no keys", async (_, command) => {
  await expect(command(memory())).rejects.toThrow("There are no keys at memory: is that the place you mean?");
});

const good = generateSecrets();
it.each([
  ["not JSON", "rubbish"],
  ["no ring", `{"keys":[]}`],
  ["only public", good.VERIFICATION_KEYS],
  ["without a state", good.SIGNING_KEYS.replace(`"state":"next",`, "")],
  ["of a state nobody knows", good.SIGNING_KEYS.replace(`"next"`, `"last"`)],
  ["of a since that is no time", good.SIGNING_KEYS.replace(/"since":\d+/, '"since":"yesterday"')],
  ["without a current key", good.SIGNING_KEYS.replace(`"current"`, `"previous"`)],
  ["with two current keys", good.SIGNING_KEYS.replace(`"next"`, `"current"`)],
])("signing keys that are %s are told to be damaged, and stay", async (_, SIGNING_KEYS) => {
  const store = memory({ ...good, SIGNING_KEYS });
  for (const command of [rotateKeys, retireKey, showKeys]) {
    await expect(command(store)).rejects.toThrow(/^SIGNING_KEYS: should .*$/);
  }
  expect(store.history).toEqual([]);
});
