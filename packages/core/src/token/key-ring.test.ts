import { describe, expect, it } from "vitest";
import { readConfig } from "../config.ts";
import { generateSigningKey, type KeyState } from "./key.ts";
import {
  announcedSeconds,
  createRing,
  fadingSeconds,
  type KeyRing,
  keyIn,
  publicRing,
  readRing,
  retire,
  rotate,
} from "./key-ring.ts";

const day = 86_400;
const kidIn = (ring: KeyRing, state: KeyState) => keyIn(ring, state)?.kid;

/** A ring of three keys, the newest a day old at `now`. */
function settled(): { ring: KeyRing; now: number } {
  const made = createRing("ES256");
  const now = (made.keys[0]?.since ?? 0) + day;
  return { ring: rotate(made, "ES256", now), now: now + day };
}

it("a new ring has a key that signs and one that will, and no key is ever in two rings", () => {
  const ring = createRing("ES256");
  expect(ring.keys.map(({ state }) => state)).toEqual(["current", "next"]);
  const kids = [...ring.keys, ...createRing("ES256").keys].map(({ kid }) => kid);
  expect(new Set(kids).size).toBe(4);
});

it("in two full turns each key is next, then current, then previous, then gone", () => {
  let { ring, now } = settled();
  const lives = new Map<string, string[]>();
  for (let rotations = 0; rotations < 6; rotations += 1) {
    for (const { kid, state, since } of ring.keys) {
      lives.set(kid, [...(lives.get(kid) ?? []), state]);
      expect(since).toBe(now - day);
    }
    ring = rotate(ring, "ES256", now);
    now += day;
  }
  const left = ring.keys.map(({ kid }) => kid);
  const finished = [...lives].filter(([kid]) => !left.includes(kid)).map(([, states]) => states.join());
  const whole = Array(4).fill("next,current,previous");
  expect(finished.toSorted()).toEqual(["previous", "current,previous", ...whole].toSorted());
});

it("a turn keeps the keys that are used, and a retirement the rest", () => {
  const { ring, now } = settled();
  const turned = rotate(ring, "ES256", now);
  expect(turned.keys).toHaveLength(3);
  expect(kidIn(turned, "current")).toBe(kidIn(ring, "next"));
  expect(kidIn(turned, "previous")).toBe(kidIn(ring, "current"));
  const retired = retire(turned, now + day);
  expect(retired.keys).toEqual(turned.keys.filter(({ state }) => state !== "previous"));
});

it("neither a turn nor a retirement changes the ring it is given", () => {
  const { ring, now } = settled();
  const before = structuredClone(ring);
  rotate(ring, "RS256", now);
  retire(ring, now);
  expect(ring).toEqual(before);
});

it("a turn may go over to another algorithm: only the new key has it", () => {
  const { ring, now } = settled();
  const turned = rotate(ring, "RS256", now);
  expect(turned.keys.map(({ state, alg }) => `${state} ${alg}`)).toEqual([
    "current ES256",
    "previous ES256",
    "next RS256",
  ]);
});

it("a ring of an earlier version, with a current key alone, gets a next one and turns the next time", () => {
  const { since, ...old } = generateSigningKey("ES256", "current");
  const ring = readRing(JSON.stringify({ keys: [old] }));
  const grown = rotate(ring, "ES256", since);
  expect(grown.keys.map(({ state }) => state)).toEqual(["current", "next"]);
  expect(kidIn(grown, "current")).toBe(old.kid);
  expect(() => rotate(grown, "ES256", since)).toThrow(`wait ${announcedSeconds} s more`);
  expect(kidIn(rotate(grown, "ES256", since + announcedSeconds), "previous")).toBe(old.kid);
});

it("the public ring tells the same keys and no private member", () => {
  const { keys } = publicRing(createRing("RS256"));
  for (const key of keys) expect(Object.keys(key).sort()).toEqual(["alg", "e", "kid", "kty", "n", "use"]);
});

describe("a ring does not turn", () => {
  it("before its next key has been told for as long as anybody keeps an older set, to the second", () => {
    const ring = createRing("ES256");
    const since = ring.keys[1]?.since ?? 0;
    const early = () => rotate(ring, "ES256", since + announcedSeconds - 1);
    expect(early).toThrow("the next key is too new to sign; wait 1 s more");
    expect(kidIn(rotate(ring, "ES256", since + announcedSeconds), "previous")).toBe(kidIn(ring, "current"));
  });

  it("before the last tokens of its previous key have run out, to the second", () => {
    const { ring, now } = settled();
    const since = now - day;
    const reason = "tokens of the previous key may still be in use; wait 1 s more";
    expect(() => retire(ring, since + fadingSeconds - 1)).toThrow(reason);
    expect(() => rotate(ring, "ES256", since + fadingSeconds - 1)).toThrow(reason);
    expect(kidIn(retire(ring, since + fadingSeconds), "previous")).toBeUndefined();
  });

  it("unless it is forced", () => {
    const { ring, now } = settled();
    const force = { force: true };
    expect(kidIn(rotate(ring, "ES256", now - day, force), "current")).toBe(kidIn(ring, "next"));
    expect(kidIn(retire(ring, now - day, force), "previous")).toBeUndefined();
  });

  it("without a current key, however it is forced", () => {
    const { keys } = createRing("ES256");
    const ring = { keys: keys.filter(({ state }) => state === "next") };
    expect(() => rotate(ring, "ES256", 0, { force: true })).toThrow("the ring has no current key");
  });

  it("where there is nothing to retire", () => {
    const ring = createRing("ES256");
    expect(() => retire(ring, Number.MAX_SAFE_INTEGER)).toThrow("there is no previous key to retire");
  });
});

describe("its waits are long enough for every setting there may be:", () => {
  const settings = {
    STAGE: "test",
    TABLE_NAME: "table",
    ISSUER: "https://auth.example.com",
    AUDIENCE: "gatehouse",
    SECRETS: "file:/secrets.json",
  };
  // What API Gateway's guide says of its own JWT authorizer, and what the JWKS route says of its answer.
  const [gatewaySeconds, answerSeconds] = [7200, 300];
  const longest = readConfig({ ...settings, SECRETS_CACHE_SECONDS: "3600", ACCESS_TOKEN_SECONDS: "3600" });

  it.each(["SECRETS_CACHE_SECONDS", "ACCESS_TOKEN_SECONDS"])("%s cannot be longer than an hour", (key) => {
    expect(() => readConfig({ ...settings, [key]: "3601" })).toThrow(key);
  });

  it("a key is told for as long as one who verifies may not have heard of it", () => {
    expect(announcedSeconds).toBeGreaterThanOrEqual(
      longest.secretsCacheSeconds + answerSeconds + gatewaySeconds,
    );
  });

  it("a key fades for as long as one who signs may use it, and its last token then lives", () => {
    expect(fadingSeconds).toBeGreaterThanOrEqual(longest.secretsCacheSeconds + longest.accessTokenSeconds);
  });
});

describe("a ring that is read from its secret", () => {
  const { ring } = settled();
  const text = JSON.stringify(ring);

  it("is the one that was written", () => {
    expect(readRing(text)).toEqual(ring);
    expect(readRing(JSON.stringify(createRing("RS256"))).keys).toHaveLength(2);
  });

  it.each([
    ["no JSON", "{", /^SIGNING_KEYS: should be a JWK set/],
    ["public", JSON.stringify(publicRing(ring)), /^SIGNING_KEYS: should be a JWK set/],
    [
      "without a current key",
      text.replace(`"current"`, `"last"`),
      /^SIGNING_KEYS: should hold a current key/,
    ],
    ["of two current keys", text.replace(`"next"`, `"current"`), /^SIGNING_KEYS: should hold a current key/],
    ["of a state nobody knows", text.replace(`"next"`, `"last"`), /^SIGNING_KEYS: should hold a current key/],
    [
      "of a since that is no time",
      text.replace(/"since":\d+/, '"since":"yesterday"'),
      /^SIGNING_KEYS: should hold a current key/,
    ],
  ])("is refused where it is %s", (_, damaged, message) => {
    expect(() => readRing(damaged)).toThrow(message);
  });
});
