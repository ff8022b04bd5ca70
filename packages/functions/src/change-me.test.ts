import { beforeAll, describe, expect, it } from "vitest";
import { call } from "../test/call.ts";
import { newPerson, type Person } from "../test/people.ts";
import { captureStdout } from "../test/stdout.ts";
import { readTable } from "../test/table.ts";
import { handler } from "./change-me.ts";
import * as me from "./me.ts";

captureStdout();

let person: Person;
beforeAll(async () => {
  person = await newPerson();
});

const change = (body: unknown) =>
  call(handler, { method: "PATCH", path: "/me", body, context: person.context });

describe("changing one's own profile", () => {
  it("sets what is given, clears what is null, keeps the rest, and the next read says the same", async () => {
    await change({ name: "Ada", locale: "en", picture: "https://example.com/a.png" });
    const { status, body } = await change({ name: "Ada L.", locale: null });
    expect(status).toBe(200);
    expect(body).toMatchObject({ name: "Ada L.", locale: null, picture: "https://example.com/a.png" });
    const read = await call(me.handler, { method: "GET", path: "/me", context: person.context });
    expect(read.body).toEqual(body);
  });

  it.each([
    ["nothing", {}, ""],
    ["an email", { email: "other@example.com" }, "/email"],
    ["a role", { roles: ["admin"] }, "/roles"],
    ["an empty name", { name: "" }, "/name"],
    ["a name of 101 characters", { name: "x".repeat(101) }, "/name"],
    ["a name with a line break", { name: "a\nb" }, "/name"],
    ["a name with half a character", { name: "a\ud800" }, "/name"],
    ["a name that is a number", { name: 7 }, "/name"],
    ["a name that is an object", { name: { toString: "x" } }, "/name"],
    ["a locale that is none", { locale: "e" }, "/locale"],
    ["a picture that is a script", { picture: "javascript:alert(1)" }, "/picture"],
    ["a picture over http", { picture: "http://example.com/a.png" }, "/picture"],
    ["a picture with a quote in it", { picture: 'https://example.com/"onload=x' }, "/picture"],
    ["a picture with half a character", { picture: "https://example.com/\udc00" }, "/picture"],
  ])("refuses %s with 422 and a pointer, and changes nothing", async (_name, body, pointer) => {
    const before = await readTable();
    const { status, body: problem } = await change(body);
    expect(status).toBe(422);
    expect(problem.errors.map((error: { pointer: string }) => error.pointer)).toEqual([pointer]);
    expect(await readTable()).toEqual(before);
  });
});
