import { generateSecrets } from "@gatehouse/core/generate-secrets";
import { secretNames } from "@gatehouse/core/secrets";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { announcedSeconds, fadingSeconds } from "../packages/core/src/token/key-ring.ts";
import { initialise, retireKey, rotateKeys, showKeys } from "./key-commands.ts";
import {
  expectInStep,
  expectVerified,
  keysOf,
  kidIn,
  kids,
  memory,
  settledRing,
  wait,
} from "./test/memory-store.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: 1_780_000_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("init", () => {
  it("makes every secret of a new place, and what signs comes last", async () => {
    const store = memory();
    await initialise(store);
    expect(Object.keys(store.secrets)).toEqual([
      "PASSWORD_PEPPER",
      "REFRESH_KEY",
      "CODE_KEY",
      "AUDIT_KEY",
      "VERIFICATION_KEYS",
      "SIGNING_KEYS",
    ]);
    expectInStep(store.secrets);
  });

  it("keeps a pepper, a refresh key and an audit key that are there", async () => {
    const { PASSWORD_PEPPER, REFRESH_KEY, AUDIT_KEY } = generateSecrets();
    const store = memory({ PASSWORD_PEPPER, REFRESH_KEY, AUDIT_KEY });
    await initialise(store, "RS256");
    expect(store.secrets).toMatchObject({ PASSWORD_PEPPER, REFRESH_KEY, AUDIT_KEY });
    expect(keysOf(store.secrets.SIGNING_KEYS).map(({ alg }) => alg)).toEqual(["RS256", "RS256"]);
  });

  it("refuses where there are keys, and changes nothing", async () => {
    const store = memory(generateSecrets());
    await expect(initialise(store)).rejects.toThrow("There are keys at memory already");
    expect(store.history).toEqual([]);
  });

  it.each([
    ["recorded events", ["AUDIT_KEY"]],
    ["one-time codes", ["CODE_KEY", "AUDIT_KEY"]],
    ["sessions", ["REFRESH_KEY", "CODE_KEY", "AUDIT_KEY"]],
  ] as const)("gives a place of before %s what it lacks, says so, and keeps the rest", async (_, lacking) => {
    const whole = Object.entries(generateSecrets("RS256"));
    const earlier = Object.fromEntries(whole.filter(([name]) => !lacking.some((each) => each === name)));
    const store = memory(earlier);
    expect(await initialise(store)).toEqual([
      `made ${lacking.join(", ")} at memory, which is of an earlier version; everything else stays as it was`,
    ]);
    const made = Object.fromEntries(lacking.map((name) => [name, expect.stringMatching(/^[\w-]{43}$/)]));
    expect(store.secrets).toEqual({ ...earlier, ...made });
    await expect(initialise(store)).rejects.toThrow("There are keys at memory already");
  });

  it("makes no new pepper where there are keys: with it no stored password would be right", async () => {
    const { PASSWORD_PEPPER: _, ...rest } = generateSecrets();
    const store = memory(rest);
    await expect(initialise(store)).rejects.toThrow("There are keys at memory already");
    expect(store.history).toEqual([]);
  });

  it.each([1, 2, 3, 4, 5, 6])("interrupted at write %i is made whole by another", async (failingWrite) => {
    const store = memory();
    store.failingWrite = failingWrite;
    await expect(initialise(store)).rejects.toThrow("the power went out");
    store.failingWrite = undefined;
    await initialise(store);
    expect(Object.keys(store.secrets).sort()).toEqual([...secretNames].sort());
    expectInStep(store.secrets);
  });
});

describe("rotate", () => {
  it("turns next to current, current to previous, takes previous out and makes a new next", async () => {
    const store = await settledRing();
    const before = store.secrets;
    await rotateKeys(store);
    expect(kidIn(store.secrets, "current")).toBe(kidIn(before, "next"));
    expect(kidIn(store.secrets, "previous")).toBe(kidIn(before, "current"));
    expect(kids(store.secrets.SIGNING_KEYS)).not.toContain(kidIn(before, "previous"));
    expect(kids(before.SIGNING_KEYS)).not.toContain(kidIn(store.secrets, "next"));
    expectInStep(store.secrets);
  });

  it("leaves nothing that signs and is not verified, nor a live token that is not, after any write", async () => {
    const store = await settledRing();
    const before = store.secrets;
    await rotateKeys(store);
    expect(store.history).toHaveLength(4);
    for (const secrets of store.history) {
      expectVerified(secrets);
      const current = [kidIn(before, "current"), kidIn(before, "next")];
      expect(kids(secrets.VERIFICATION_KEYS)).toEqual(expect.arrayContaining(current));
    }
  });

  it.each([1, 2, 3, 4])(
    "interrupted at write %i turns the ring once when it is run again",
    async (failingWrite) => {
      const store = await settledRing();
      const before = store.secrets;
      store.failingWrite = failingWrite;
      await expect(rotateKeys(store)).rejects.toThrow("the power went out");
      expectVerified(store.secrets);
      store.failingWrite = undefined;
      await rotateKeys(store);
      expect(kidIn(store.secrets, "current")).toBe(kidIn(before, "next"));
      expect(kidIn(store.secrets, "previous")).toBe(kidIn(before, "current"));
      expectInStep(store.secrets);
      for (const secrets of store.history) expectVerified(secrets);
    },
  );

  it("too early says how long to wait and changes nothing, unless it is forced", async () => {
    const store = memory(generateSecrets());
    wait(100);
    await expect(rotateKeys(store)).rejects.toThrow(`wait ${announcedSeconds - 100} s more`);
    expect(store.history).toEqual([]);
    await rotateKeys(store, { force: true });
    await expect(rotateKeys(store)).rejects.toThrow(`wait ${fadingSeconds} s more`);
    expect(kidIn(store.secrets, "previous")).toBeDefined();
  });

  it("keeps the algorithm that was chosen last, and takes up another for the next key", async () => {
    const store = memory(generateSecrets());
    const algorithms = () => keysOf(store.secrets.SIGNING_KEYS).map(({ state, alg }) => `${state} ${alg}`);
    await rotateKeys(store, { force: true, algorithm: "RS256" });
    expect(algorithms()).toEqual(["current ES256", "previous ES256", "next RS256"]);
    await rotateKeys(store, { force: true });
    expect(algorithms()).toEqual(["current RS256", "previous ES256", "next RS256"]);
  });

  it("a ring of three RSA keys fits an advanced parameter of 8 KB", async () => {
    const store = memory(generateSecrets("RS256"));
    await rotateKeys(store, { force: true });
    expect(keysOf(store.secrets.SIGNING_KEYS)).toHaveLength(3);
    expect(Buffer.byteLength(store.secrets.SIGNING_KEYS ?? "")).toBeLessThan(8192);
  });

  it("where a key of the ring was never told, tells it and asks for patience before it signs", async () => {
    const store = await settledRing();
    const { VERIFICATION_KEYS } = generateSecrets();
    store.secrets = { ...store.secrets, VERIFICATION_KEYS };
    await expect(rotateKeys(store)).rejects.toThrow(/lacked .*, and is mended: wait 11100 s/);
    expectInStep(store.secrets);
    await rotateKeys(store);
    expectInStep(store.secrets);
  });
});

describe("retire", () => {
  it("takes the previous key out, of what signs first", async () => {
    const store = await settledRing();
    const previous = kidIn(store.secrets, "previous");
    await retireKey(store);
    expectInStep(store.secrets);
    expect(kids(store.secrets.SIGNING_KEYS)).not.toContain(previous);
    expect(store.history).toHaveLength(2);
    for (const secrets of store.history) expectVerified(secrets);
  });

  it.each([1, 2])("interrupted at write %i is finished by another", async (failingWrite) => {
    const store = await settledRing();
    store.failingWrite = failingWrite;
    await expect(retireKey(store)).rejects.toThrow("the power went out");
    expectVerified(store.secrets);
    store.failingWrite = undefined;
    await retireKey(store);
    expect(kids(store.secrets.SIGNING_KEYS)).toHaveLength(2);
    expectInStep(store.secrets);
    await expect(retireKey(store)).rejects.toThrow("there is no previous key to retire");
  });

  it("too early says how long to wait and changes nothing, unless it is forced", async () => {
    const store = memory(generateSecrets());
    await rotateKeys(store, { force: true });
    const before = store.secrets;
    wait(1);
    await expect(retireKey(store)).rejects.toThrow(`wait ${fadingSeconds - 1} s more`);
    expect(store.secrets).toBe(before);
    await retireKey(store, { force: true });
    expect(kidIn(store.secrets, "previous")).toBeUndefined();
  });
});

describe("show", () => {
  it("tells state, algorithm, kid and since when of each key, and the pepper", async () => {
    const store = memory(generateSecrets());
    const [current, next] = keysOf(store.secrets.SIGNING_KEYS);
    expect(await showKeys(store)).toEqual([
      `current   ES256  ${current?.kid}  since 2026-05-28T20:26:40.000Z`,
      `next      ES256  ${next?.kid}  since 2026-05-28T20:26:40.000Z`,
      expect.stringMatching(/^pepper {4}[0-9a-f]{8} {2}makes hashes$/),
    ]);
  });

  it("tells that a command was interrupted", async () => {
    const store = await settledRing();
    store.failingWrite = 2;
    await expect(retireKey(store)).rejects.toThrow();
    expect(await showKeys(store)).toContainEqual(expect.stringContaining("should be run again"));
  });
});
