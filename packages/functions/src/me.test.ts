import { expect, it } from "vitest";
import { call } from "../test/call.ts";
import { newPerson } from "../test/people.ts";
import { captureStdout } from "../test/stdout.ts";
import { deleteItem, readTable } from "../test/table.ts";
import { handler } from "./me.ts";

captureStdout();

it("a person reads their own profile, and reading changes nothing", async () => {
  const { user, context } = await newPerson();
  const before = await readTable();
  const { status, body } = await call(handler, { method: "GET", path: "/me", context });
  expect([status, body]).toEqual([200, user]);
  expect(await readTable()).toEqual(before);
});

it("a person whose account is gone is told that their token is not valid", async () => {
  const { user, context } = await newPerson();
  await deleteItem(`user#${user.id}`, "profile");
  const { status, headers } = await call(handler, { method: "GET", path: "/me", context });
  expect([status, headers["www-authenticate"]]).toEqual([401, 'Bearer error="invalid_token"']);
});
