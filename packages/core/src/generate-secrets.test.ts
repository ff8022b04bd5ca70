import { expect, it } from "vitest";
import { generateSecrets } from "./generate-secrets.ts";
import { secretNames } from "./secrets.ts";

it("generates every secret there is", () => {
  expect(Object.keys(generateSecrets()).sort()).toEqual([...secretNames].sort());
});

it("a pepper is 32 bytes and never the same", () => {
  const peppers = Array.from({ length: 20 }, () => generateSecrets().PASSWORD_PEPPER);
  expect(peppers.map((pepper) => Buffer.from(pepper, "base64url").length)).toEqual(Array(20).fill(32));
  expect(new Set(peppers).size).toBe(20);
});

it("the verification keys are the public half of the signing keys", () => {
  const { SIGNING_KEYS, VERIFICATION_KEYS } = generateSecrets();
  const [signing] = JSON.parse(SIGNING_KEYS).keys;
  const { d, state, ...half } = signing;
  expect(JSON.parse(VERIFICATION_KEYS)).toEqual({ keys: [half] });
  expect(state).toBe("current");
  expect(VERIFICATION_KEYS).not.toContain(d);
});
