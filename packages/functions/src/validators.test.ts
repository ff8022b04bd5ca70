import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Route, type RouteName, routes } from "@gatehouse/contract";
import { expect, it } from "vitest";
import { newPerson } from "../test/people.ts";
import { sampleOf } from "../test/samples.ts";
import * as validators from "./validators.generated.js";

const script = join(import.meta.dirname, "../../../scripts/build-validators.ts");

it("the compiled validators are those of today's contract", async () => {
  const { stderr } = await promisify(execFile)(process.execPath, [script, "--check"]);
  expect(stderr).toBe("");
});

it("every route has a validator, and no validator is without a route", () => {
  expect(Object.keys(validators).toSorted()).toEqual(Object.keys(routes).toSorted());
});

it("every validator accepts the sample of its route, so that what a test refuses is what it changed", async () => {
  const byName = { ...validators };
  const person = await newPerson();
  for (const route of Object.values<Route>(routes)) {
    const { body, params: pathParameters } = sampleOf(route, person);
    const event = { ...(body && { body }), ...(pathParameters && { pathParameters }) };
    expect(byName[route.name as RouteName](event)).toBe(true);
  }
});
