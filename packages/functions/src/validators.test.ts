import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { routes } from "@gatehouse/contract";
import { expect, it } from "vitest";
import * as validators from "./validators.generated.js";

const script = join(import.meta.dirname, "../../../scripts/build-validators.ts");

it("the compiled validators are those of today's contract", async () => {
  const { stderr } = await promisify(execFile)(process.execPath, [script, "--check"]);
  expect(stderr).toBe("");
});

it("every route has a validator, and no validator is without a route", () => {
  expect(Object.keys(validators).toSorted()).toEqual(Object.keys(routes).toSorted());
});
