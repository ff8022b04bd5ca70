/** The faults of the tutorial this grew from, each shown to be impossible here. */
import { createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";
import { errors, routes } from "@gatehouse/contract";
import { config, forgetConfig } from "@gatehouse/core/config";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { recordedEvent } from "../test/authorizer-events.ts";
import { call } from "../test/call.ts";
import { newEmail, newPerson, type Person, password } from "../test/people.ts";
import { captureStdout } from "../test/stdout.ts";
import { readPeople, readTable } from "../test/table.ts";
import { handler as authorizer } from "./authorizer.ts";
import * as changeMe from "./change-me.ts";
import { handle } from "./handle.ts";
import * as jwks from "./jwks.ts";
import * as login from "./login.ts";
import * as me from "./me.ts";
import * as register from "./register.ts";

const stdout = captureStdout();

let person: Person;
beforeAll(async () => {
  person = await newPerson();
});

const logIn = (email: string, withPassword: string) =>
  call(login.handler, { body: { email, password: withPassword } });

const effectOf = async (token: string) =>
  (await authorizer(recordedEvent("REST TOKEN", `Bearer ${token}`))).policyDocument.Statement[0]?.Effect;

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");

function decode(token: string) {
  const [header, claims] = token.split(".").map((part) => Buffer.from(part, "base64url").toString());
  return { header: JSON.parse(String(header)), claims: JSON.parse(String(claims)) };
}

it("registering a taken email does not overwrite the user", async () => {
  const before = await readPeople();
  const body = { email: person.email, password: "somebody else's phrase", name: "Mallory" };
  expect((await call(register.handler, { body })).status).toBe(409);
  expect(await readPeople()).toEqual(before);
  expect((await logIn(person.email, password)).status).toBe(200);
  expect((await logIn(person.email, body.password)).status).toBe(401);
});

it("the body is not spread into the item", async () => {
  const email = newEmail();
  const body = { email, password, level: "admin", id: "1" };
  expect((await call(register.handler, { body })).status).toBe(422);
  await call(register.handler, { body: { email, password } });
  const own = (await readTable()).filter((item) => item["email"]?.["S"] === email);
  expect(own).toHaveLength(2);
  for (const item of own) {
    expect(Object.keys(item)).not.toContain("password");
    expect(Object.keys(item)).not.toContain("level");
  }
});

it("a wrong password is not answered with 200, and gets no token", async () => {
  const { status, body } = await logIn(person.email, "not the password");
  expect(status).toBe(401);
  expect(JSON.stringify(body)).not.toMatch(/"auth"|"token"|eyJ/);
});

it("the stored hash comes back from no route", async () => {
  const email = newEmail();
  const { context } = person;
  const answers = [
    await call(register.handler, { body: { email, password } }),
    await call(register.handler, { body: { email, password } }),
    await logIn(email, password),
    await logIn(email, "not the password"),
    await call(me.handler, { method: "GET", context }),
    await call(changeMe.handler, { method: "PATCH", body: { name: "Ada" }, context }),
    await call(jwks.handler, { method: "GET" }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([201, 409, 200, 401, 200, 200, 200]);
  const hashes = (await readTable()).flatMap((item) => item["passwordHash"]?.["S"] ?? []) as string[];
  expect(hashes.length).toBeGreaterThan(0);
  for (const { text } of answers) {
    for (const hash of hashes) expect(text).not.toContain(hash);
    expect(text).not.toMatch(/bcrypt|\$2[aby]\$/);
  }
  expect(stdout.text()).not.toMatch(/bcrypt|\$2[aby]\$/);
});

it("no answer holds a stack trace", async () => {
  const failing = handle(routes.health, () => {
    throw new Error("on purpose");
  });
  const { status, text, body } = await call(failing);
  expect(status).toBe(500);
  expect(body.detail).toBe(errors.internal_error.description);
  expect(text).not.toMatch(/on purpose|\.ts|node_modules|\bat /);
});

describe("algorithm, issuer and audience are checked:", () => {
  it.each(["none", "None", "HS256", "HS384", "RS256", "ES384", "", null])(
    "a token that says alg %j is denied",
    async (alg) => {
      const { header, claims } = decode(person.token);
      const [, , signature] = person.token.split(".");
      expect(await effectOf(`${encode({ ...header, alg })}.${encode(claims)}.${signature}`)).toBe("Deny");
      expect(await effectOf(`${encode({ ...header, alg })}.${encode(claims)}.`)).toBe("Deny");
    },
  );

  it.each([
    ["issuer", "ISSUER", "https://auth.example.org"],
    ["audience", "AUDIENCE", "another-api"],
  ])("a token for another %s, signed by our own key, is denied", async (_name, key, value) => {
    vi.stubEnv(key, value);
    forgetConfig();
    const { body } = await logIn(person.email, password);
    vi.unstubAllEnvs();
    forgetConfig();
    expect(decode(body.token).claims).toMatchObject({ sub: person.user.id });
    expect(await effectOf(body.token)).toBe("Deny");
    expect(await effectOf(person.token)).toBe("Allow");
  });
});

it("a bad token does not make the authorizer throw", async () => {
  const { token } = person;
  for (const bad of [
    "",
    "x",
    "a.b.c",
    "e30.e30.e30",
    token.slice(1),
    `${token}x`,
    token.replaceAll(".", ""),
    "\0",
  ]) {
    expect(await effectOf(bad)).toBe("Deny");
  }
});

it("the policy, which is kept, does not name the one route that was asked for", async () => {
  const { policyDocument } = await authorizer(recordedEvent("HTTP REQUEST 2.0", `Bearer ${person.token}`));
  const [allowed] = policyDocument.Statement;
  expect(allowed).toMatchObject({
    Effect: "Allow",
    Resource: ["arn:aws:execute-api:eu-central-1:123456789012:abcdef1234/$default/*/*"],
  });
});

it("no password is stored at bcrypt's cost 8", async () => {
  const hashes = (await readTable()).flatMap((item) => item["passwordHash"]?.["S"] ?? []) as string[];
  expect(hashes.length).toBeGreaterThan(0);
  for (const hash of hashes) expect(Number(/\$2b\$(\d\d)\$/.exec(hash)?.[1])).toBeGreaterThanOrEqual(10);
});

describe("there is no shared secret that signs tokens:", () => {
  it("a token is signed with a private key, and verified with a public one", async () => {
    expect(decode(person.token).header).toMatchObject({ alg: "ES256", typ: "at+jwt" });
    const secrets = JSON.parse(await readFile(config().secrets.slice("file:".length), "utf8"));
    expect(secrets.VERIFICATION_KEYS).not.toContain('"d"');
  });

  it("whoever knows all that verifies a token can make none", async () => {
    const secrets = JSON.parse(await readFile(config().secrets.slice("file:".length), "utf8"));
    const { body: keySet } = await call(jwks.handler, { method: "GET" });
    const { header, claims } = decode(person.token);
    const known = [
      secrets.VERIFICATION_KEYS,
      JSON.stringify(keySet),
      JSON.stringify(keySet.keys[0]),
      keySet.keys[0].x,
      "",
    ];
    for (const key of known) {
      const signed = `${encode({ ...header, alg: "HS256" })}.${encode(claims)}`;
      const signature = createHmac("sha256", key).update(signed).digest("base64url");
      expect(await effectOf(`${signed}.${signature}`)).toBe("Deny");
    }
  });
});
