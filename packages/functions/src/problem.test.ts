import { errors } from "@gatehouse/contract";
import { expect, it } from "vitest";
import { call } from "../test/call.ts";
import { captureStdout } from "../test/stdout.ts";
import { handler } from "./problem.ts";

captureStdout();

const explain = (code: string) =>
  call(handler, { method: "GET", path: `/problems/${code}`, params: { code } });

it.each(Object.entries(errors))(
  "the type of a problem leads to an explanation of %s",
  async (code, definition) => {
    const { status, headers, body } = await explain(code);
    expect([status, headers["cache-control"]]).toEqual([200, "public, max-age=3600"]);
    expect(body).toEqual({ code, ...definition });
  },
);

it.each([
  "nothing_of_ours",
  "constructor",
  "__proto__",
  "toString",
  "",
  "x".repeat(65),
  "../me",
  "a\nb",
  "%00",
  "é",
])("there is no explanation of %j", async (code) => {
  const { status, body } = await explain(code);
  expect([status, body.code]).toEqual([404, "not_found"]);
});
