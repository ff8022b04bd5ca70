import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Gatehouse, startGatehouse } from "../packages/local/src/app.ts";
import { runScript } from "./test/run-script.ts";

let house: Gatehouse;
let data: string;
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "gatehouse-e2e-"));
  house = await startGatehouse({
    port: 0,
    host: "127.0.0.1",
    dataDirectory: data,
    environment: { AUTHORIZER_CACHE_SECONDS: "1" },
    logs: { write: () => true },
  });
});
afterAll(async () => {
  await house.stop();
  await rm(data, { recursive: true, force: true });
});

const linesOf = (text: string) => text.split("\n").filter((line) => /^(?:ok|skipped|FAILED) /.test(line));

test("a house on this machine is walked from end to end, and nobody is left in it", async () => {
  const args = ["--url", `${house.url}/`, "--origin", "http://localhost:5173", "--cache-seconds", "1"];
  const { stdout, stderr, exitCode } = await runScript("e2e.ts", args);
  expect([stderr, linesOf(stdout).filter((line) => !line.startsWith("ok"))]).toEqual(["", []]);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/was walked from end to end: 17 steps\./);
}, 60_000);

test("an account that is there is used, and stays as it was", async () => {
  const account = { email: "walker@example.com", password: "correct horse battery" };
  const post = (path: string) =>
    fetch(`${house.url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(account),
    });
  await post("/register");
  const args = ["--url", house.url, "--email", account.email, "--password", account.password];
  const { stdout, exitCode } = await runScript("e2e.ts", [...args, "--cache-seconds", "1"]);
  expect(linesOf(stdout).filter((line) => !line.startsWith("ok"))).toEqual([
    "skipped  a page that is allowed may ask, and another may not: name a page of this stage by --origin",
  ]);
  expect(exitCode).toBe(0);
  const { token } = (await (await post("/login")).json()) as { token: string };
  const answer = await fetch(`${house.url}/me/sessions`, { headers: { authorization: `Bearer ${token}` } });
  // This very log-in and no other: the walk has left.
  expect(((await answer.json()) as { sessions: object[] }).sessions).toHaveLength(1);
}, 60_000);

test("what is not as it should be is told, and the walk ends there", async () => {
  const { stdout, exitCode } = await runScript("e2e.ts", [
    "--url",
    house.url,
    "--email",
    "nobody@example.com",
    "--password",
    "correct horse battery",
  ]);
  expect(exitCode).toBe(1);
  expect(linesOf(stdout).at(-1)).toBe(
    "FAILED   the right one logs in, and the token says who it is: The email or the password is wrong",
  );
});

describe("what cannot be walked is told in a line", () => {
  test("an address where nobody answers", async () => {
    const { stderr, exitCode } = await runScript("e2e.ts", ["--url", "http://localhost:1"]);
    expect([exitCode, stderr]).toEqual([1, "http://localhost:1 cannot be walked: fetch failed\n"]);
  });

  test.each([[], ["--url", "localhost"], ["--url", "http://a", "--email", "a@example.com"], ["--verbose"]])(
    "%j",
    async (...args) => {
      const { stderr, exitCode } = await runScript("e2e.ts", args);
      expect([exitCode, stderr]).toEqual([1, expect.stringMatching(/^Usage: npm run e2e/)]);
    },
  );
});
