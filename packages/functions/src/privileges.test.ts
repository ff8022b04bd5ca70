import { type Route, routes } from "@gatehouse/contract";
import { beforeAll, describe, expect, it } from "vitest";
import { call } from "../test/call.ts";
import { handlerOf } from "../test/handler-of.ts";
import { newEmail, newPerson, type Person, password } from "../test/people.ts";
import { sampleOf } from "../test/samples.ts";
import { captureStdout } from "../test/stdout.ts";
import { type Item, readTable } from "../test/table.ts";
import * as changeMe from "./change-me.ts";
import * as login from "./login.ts";
import * as me from "./me.ts";
import * as register from "./register.ts";

captureStdout();

let person: Person;
let atFirst: Item[];
beforeAll(async () => {
  atFirst = await readTable();
  person = await newPerson();
});

/** What somebody might try to be given by naming it. */
const wishes: [string, unknown][] = [
  ["id", "01k0qj3v5e8m2n4p6r8t0v2x4z"],
  ["userId", "01k0qj3v5e8m2n4p6r8t0v2x4z"],
  ["user_id", 1],
  ["role", "admin"],
  ["roles", ["admin"]],
  ["scope", "admin"],
  ["scopes", ["admin"]],
  ["permissions", ["*"]],
  ["admin", true],
  ["isAdmin", true],
  ["status", "active"],
  ["emailVerified", true],
  ["email_verified", true],
  ["passwordHash", "hs384-bcrypt$2b$10$x"],
  ["normalisedEmail", "admin@example.com"],
  ["createdAt", "2000-01-01T00:00:00.000Z"],
  ["pk", "user#x"],
  ["sk", "profile"],
  ["gsi1pk", "x"],
  ["ttl", 1],
  ["__edb_e__", "user"],
  ["$set", { roles: ["admin"] }],
  ["constructor", { name: "x" }],
  ["toString", "x"],
  ["sessionId", "01k0qj3v5e8m2n4p6r8t0v2x4z"],
];

const withBody = Object.values<Route>(routes).filter(({ body }) => body !== undefined);

describe.each(withBody.map((route) => [route.name, route] as const))("a body sent to %s", (name, route) => {
  const send = async (body: unknown) =>
    call(await handlerOf(name), { method: route.method, body, context: person.context });

  it.each(wishes)("that names %s is refused whole, and nothing is written", async (field, value) => {
    const before = await readTable();
    const { status, body } = await send({ ...sampleOf(route, person).body, [field]: value });
    expect(status).toBe(422);
    expect(body.errors).toEqual([{ pointer: `/${field}`, message: "is not a field of this request" }]);
    expect(await readTable()).toEqual(before);
  });

  it.each([
    ["__proto__", '"__proto__":{"roles":["admin"],"emailVerified":true}'],
    ["__proto__ in escapes", '"\\u005f_proto__":{"roles":["admin"]}'],
    ["__proto__ further in", '"name":{"a":[{"__proto__":{"roles":["admin"]}}]}'],
    ["__proto__ that is null", '"__proto__":null'],
    ["constructor.prototype", '"constructor":{"prototype":{"roles":["admin"]}}'],
    ["constructor.prototype in escapes", '"c\\u006fnstructor":{"pr\\u006ftotype":{"roles":["admin"]}}'],
  ])("with %s is no JSON of ours, and pollutes nothing", async (_name, member) => {
    const before = await readTable();
    const good = JSON.stringify(sampleOf(route, person).body);
    const { status, body } = await send(`${good.slice(0, -1)},${member}}`);
    expect([status, body.code]).toEqual([400, "invalid_json"]);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as { roles?: unknown }).roles).toBeUndefined();
    expect(await readTable()).toEqual(before);
  });
});

const sendTo = {
  register: (body: unknown) => call(register.handler, { body }),
  login: (body: unknown) => call(login.handler, { body }),
  changeMe: (body: unknown) => call(changeMe.handler, { body, context: person.context }),
};

describe("a key that stands twice in a body", () => {
  const itemsOf = (items: Item[], email: string) =>
    items.filter((item) => item["email"]?.["S"] === email && item["passwordHash"] === undefined);

  it("counts once, by its last value, for what is checked and for what is stored", async () => {
    const [first, last] = [newEmail(), newEmail()];
    const text = `{"email":"${first}","password":"${password}","email":"${last}"}`;
    const { status, body } = await sendTo.register(text);
    expect([status, body.email]).toEqual([201, last]);
    const items = await readTable();
    expect(itemsOf(items, last)).toHaveLength(1);
    expect(JSON.stringify(items)).not.toContain(first);
  });

  it("hides no value that would be refused", async () => {
    const text = `{"email":"${newEmail()}","password":"${password}","email":{"$ne":null}}`;
    expect((await sendTo.register(text)).status).toBe(422);
    const roles = `{"name":"Ada","roles":["admin"],"roles":[]}`;
    expect((await sendTo.changeMe(roles)).status).toBe(422);
  });
});

describe("who acts", () => {
  const claim = (userId: string) => ({
    query: { userId, id: userId },
    params: { userId },
    headers: { "x-user-id": userId, cookie: `userId=${userId}` },
  });

  it("is nobody where the authorizer named nobody, whatever else of the request names somebody", async () => {
    const asked = claim(person.user.id);
    const read = await call(me.handler, { method: "GET", ...asked, body: { userId: person.user.id } });
    const changed = await call(changeMe.handler, { method: "PATCH", ...asked, body: { name: "Mallory" } });
    expect([read.status, changed.status]).toEqual([401, 401]);
    expect(JSON.stringify(await readTable())).not.toContain("Mallory");
  });

  it("is the user of the token, whoever else the request names", async () => {
    const other = await newPerson();
    const asked = { ...claim(person.user.id), context: other.context };
    expect((await call(me.handler, { method: "GET", ...asked })).body.id).toBe(other.user.id);
    const changed = await call(changeMe.handler, { method: "PATCH", ...asked, body: { name: "Other" } });
    expect(changed.body.id).toBe(other.user.id);
    expect((await call(me.handler, { method: "GET", context: person.context })).body).toEqual(person.user);
  });
});

it("a new stage has no account that nobody registered", () => {
  expect(atFirst).toEqual([]);
});

it("whoever registers is nobody special", async () => {
  const email = newEmail();
  const { body } = await sendTo.register({ email, password, name: "admin" });
  expect(body).toMatchObject({ emailVerified: false, roles: [] });
  const stored = (await readTable()).filter((item) => item["email"]?.["S"] === email);
  expect(stored).toHaveLength(2);
  for (const item of stored) {
    expect(item).toMatchObject({ roles: { L: [] }, emailVerified: { BOOL: false }, status: { S: "active" } });
  }
});

it("whoever logs in may do what a person may do to their own account, and no more", async () => {
  const { body } = await sendTo.login({ email: person.email, password });
  const claims = JSON.parse(Buffer.from(body.token.split(".")[1], "base64url").toString());
  expect(claims).toMatchObject({
    scope: "profile:read profile:write sessions:read sessions:write account:read account:write",
    roles: [],
  });
});
