import { describe, expect, it } from "vitest";
import { generateSecrets } from "./generate-secrets.ts";
import { secretNames } from "./secrets.ts";

it("generates every secret there is", () => {
  expect(Object.keys(generateSecrets()).sort()).toEqual([...secretNames].sort());
});

it.each(["PASSWORD_PEPPER", "REFRESH_KEY", "CODE_KEY", "AUDIT_KEY"] as const)(
  "%s is 32 bytes and never the same",
  (name) => {
    const texts = Array.from({ length: 20 }, () => generateSecrets()[name]);
    expect(texts.map((text) => Buffer.from(text, "base64url").length)).toEqual(Array(20).fill(32));
    expect(new Set(texts).size).toBe(20);
  },
);

it("no secret is another one", () => {
  const { PASSWORD_PEPPER, REFRESH_KEY, CODE_KEY, AUDIT_KEY } = generateSecrets();
  expect(new Set([PASSWORD_PEPPER, REFRESH_KEY, CODE_KEY, AUDIT_KEY]).size).toBe(4);
});

const privateMembers = ["d", "p", "q", "dp", "dq", "qi"];

describe.each(["ES256", "RS256"] as const)("for %s", (alg) => {
  const { SIGNING_KEYS, VERIFICATION_KEYS } = generateSecrets(alg);
  const signing = JSON.parse(SIGNING_KEYS).keys as Record<string, string>[];
  const verifying = JSON.parse(VERIFICATION_KEYS).keys as Record<string, string>[];

  it("one key signs and the next is known before it does", () => {
    expect(signing.map(({ state }) => state)).toEqual(["current", "next"]);
    expect(new Set(signing.map(({ kid }) => kid)).size).toBe(2);
    for (const key of signing) expect(key).toMatchObject({ alg, use: "sig", d: expect.any(String) });
  });

  it("the verification keys are the public half of the signing keys", () => {
    const ours = ["state", "since"];
    const isPublic = ([name]: [string, unknown]) => ![...privateMembers, ...ours].includes(name);
    expect(verifying).toEqual(signing.map((key) => Object.fromEntries(Object.entries(key).filter(isPublic))));
    const secrets = signing.flatMap((key) => privateMembers.flatMap((name) => key[name] ?? []));
    for (const text of secrets) expect(VERIFICATION_KEYS).not.toContain(text);
  });
});

it("ES256 is what a stage gets that asks for nothing else", () => {
  expect(JSON.parse(generateSecrets().VERIFICATION_KEYS).keys).toMatchObject([
    { alg: "ES256" },
    { alg: "ES256" },
  ]);
});
