import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { tableName } from "../packages/local/src/environment.ts";
import { deleteItemOf } from "../packages/local/test/support/table.ts";
import { useLaptop } from "./test/laptop.ts";
import { runScript } from "./test/run-script.ts";

const laptop = useLaptop();

const lines = (stdout: string) =>
  stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

describe("npm run audit", () => {
  it("tells what happened to an account, on a day and to the stage, beside a house that runs", async () => {
    const { id } = await laptop.newPerson("ada@example.com");
    const ofAda = await laptop.run("audit.ts", "of", id);
    expect(lines(ofAda.stdout)).toMatchObject([
      { chain: `user#${id}`, number: 1, type: "registered" },
      { chain: `user#${id}`, number: 2, type: "logged_in", sourceIp: "127.0.0.1" },
    ]);
    const today = lines((await laptop.run("audit.ts", "day")).stdout);
    expect(today).toEqual(lines(ofAda.stdout));
    expect((await laptop.run("audit.ts", "day", "2020-01-01")).stdout).toBe("");
    await laptop.run("keys.ts", "rotate", "--force");
    expect(lines((await laptop.run("audit.ts", "of", "stage")).stdout)).toMatchObject([
      { type: "key_rotated", actor: "operator", details: { command: "rotate", kid: expect.any(String) } },
    ]);
  });

  it("finds every record whole, and says so", async () => {
    expect(await laptop.run("audit.ts", "verify")).toMatchObject({
      exitCode: 0,
      stdout: "3 events in 2 records: all whole\n",
    });
  });

  it("names what was removed and exits with 1, also where no house runs any more", async () => {
    const { id } = await laptop.newPerson("grace@example.com");
    await deleteItemOf(laptop.databaseEndpoint(), tableName, `user#${id}`, "event#0000000002");
    const finding = { exitCode: 1, stdout: expect.stringContaining(`user#${id}: event 2 is missing\n`) };
    expect(await laptop.run("audit.ts", "verify")).toMatchObject(finding);
    await laptop.stop();
    expect(await laptop.run("audit.ts", "verify")).toMatchObject(finding);
  });

  it("says where there is no data yet", async () => {
    const place = join(tmpdir(), `gatehouse-nowhere-${process.pid}`);
    const { exitCode, stderr } = await runScript("audit.ts", ["verify", "--data", place]);
    expect([exitCode, stderr]).toEqual([1, `There is no data in ${place} yet\n`]);
  });

  it.each([
    [[]],
    [["verify", "all"]],
    [["day", "yesterday"]],
    [["of"]],
    [["of", "ada@example.com"]],
    [["day", "2020-01-01", "x"]],
  ])("tells how it is used where it is not: %j", async (words) => {
    const { exitCode, stderr } = await laptop.run("audit.ts", ...words);
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining("Usage: npm run audit")]);
  });
});
