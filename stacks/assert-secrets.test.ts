import { expect, test } from "vitest";
import { build } from "./test/build.ts";

test("a deploy of a stage without secrets ends before it makes anything, with the command that makes them", async () => {
  const environment = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
  const { asked, exitCode, output, remove } = await build("anna", environment, "deploy");
  remove();
  expect(output).toMatch(
    /Error: The stage anna lacks PASSWORD_PEPPER, .+\. Make them first: npm run secrets -- init --stage anna --region eu-west-1\n/,
  );
  expect(output).not.toMatch(/^ +at /m);
  expect(exitCode).toBe(1);
  expect(asked.filter((action) => /^(?:Create|Update|PUT)/.test(action))).toEqual([]);
}, 60_000);
