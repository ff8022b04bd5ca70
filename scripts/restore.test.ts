import { GetItemCommand, PutItemCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { beforeAll, describe, expect, it } from "vitest";
import { databaseClient } from "../packages/local/src/database/client.ts";
import { createTable } from "../packages/local/src/database/table.ts";
import { tableName } from "../packages/local/src/environment.ts";
import { copyTable } from "./copy-table.ts";
import { password, useLaptop } from "./test/laptop.ts";

const laptop = useLaptop();
const email = "ada@example.com";

let client: ReturnType<typeof databaseClient>;
beforeAll(() => {
  client = databaseClient(laptop.databaseEndpoint());
});

/** A table with what the laptop's holds now, as a restored one is. */
async function backup(name: string): Promise<void> {
  await createTable(client, name);
  await copyTable({ client, tableName }, { client, tableName: name }, { replaces: false });
}

async function items(name: string) {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: name, ConsistentRead: true }));
  return Items;
}

const logIn = async () => (await laptop.send("POST /login", { body: { email, password } })).status;

describe("npm run restore", () => {
  it("add brings an account back that is gone, and leaves what happened since as it is", async () => {
    const { token } = await laptop.newPerson(email);
    await backup("backup-one");
    await laptop.send("DELETE /me", { token, body: { password } });
    await laptop.newPerson("grace@example.com");
    expect(await logIn()).toBe(401);
    const { exitCode, stdout, stderr } = await laptop.run("restore.ts", "add", "backup-one");
    expect(exitCode, stderr).toBe(0);
    expect(stdout).toMatch(
      /^\d+ items copied from backup-one, \d+ were there and stay as they are, 0 had run out\n$/,
    );
    expect(await logIn()).toBe(200);
    expect((await laptop.run("audit.ts", "verify")).exitCode).toBe(0);
    const again = await laptop.run("restore.ts", "add", "backup-one");
    expect(again.stdout).toMatch(/^0 items copied/);
  });

  it("replace puts back what was changed since", async () => {
    await backup("backup-two");
    expect(await logIn()).toBe(200);
    const [login] = (await items(tableName)).filter(
      ({ sk, email: of }) => sk?.S === "login" && of?.S === email,
    );
    const spoilt = { ...login, passwordHash: { S: "spoilt by a script" } };
    await client.send(new PutItemCommand({ TableName: tableName, Item: spoilt }));
    expect((await laptop.run("restore.ts", "add", "backup-two")).stdout).toMatch(/^0 items copied/);
    expect(await logIn()).toBe(500);
    expect((await laptop.run("restore.ts", "replace", "backup-two")).exitCode).toBe(0);
    expect(await logIn()).toBe(200);
    // The mark of the record is that of the backup, and the log-in after it stands behind it.
    expect(await laptop.run("audit.ts", "verify")).toMatchObject({ exitCode: 0 });
  });

  it("leaves behind what has run out", async () => {
    await createTable(client, "backup-three");
    const Key = { pk: { S: "code#old" }, sk: { S: "code" } };
    await client.send(new PutItemCommand({ TableName: "backup-three", Item: { ...Key, ttl: { N: "1" } } }));
    expect((await laptop.run("restore.ts", "add", "backup-three")).stdout).toBe(
      "0 items copied from backup-three, 0 were there and stay as they are, 1 had run out\n",
    );
    expect((await client.send(new GetItemCommand({ TableName: tableName, Key }))).Item).toBeUndefined();
  });

  it("refuses a table that is not there, and the very table that it writes to", async () => {
    expect(await laptop.run("restore.ts", "add", "nowhere")).toMatchObject({
      exitCode: 1,
      stderr: "There is no table nowhere\n",
    });
    expect(await laptop.run("restore.ts", "replace", tableName)).toMatchObject({
      exitCode: 1,
      stderr: `${tableName} is the very table that would be written to\n`,
    });
  });

  it.each([[[]], [["add"]], [["merge", "table"]], [["add", "table", "region", "more"]]])(
    "tells how it is used where it is not: %j",
    async (words) => {
      const { exitCode, stderr } = await laptop.run("restore.ts", ...words);
      expect([exitCode, stderr]).toEqual([1, expect.stringContaining("Usage: npm run restore")]);
    },
  );
});
