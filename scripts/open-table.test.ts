import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { databaseClient } from "../packages/local/src/database/client.ts";
import { createTable } from "../packages/local/src/database/table.ts";
import { type ParameterStore, startParameterStore } from "./test/parameter-store.ts";
import { runScript } from "./test/run-script.ts";

const table = "a-stage-of-a-profile";

let store: ParameterStore;
let folder: string;
beforeAll(async () => {
  store = await startParameterStore();
  folder = await mkdtemp(join(tmpdir(), "gatehouse-profile-"));
  const client = databaseClient(inject("databaseEndpoint"));
  await createTable(client, table);
  client.destroy();
});
afterAll(async () => {
  await store.stop();
  await rm(folder, { recursive: true });
});

describe("the table of a stage", () => {
  const look = async (stage: string) => {
    const file = join(folder, "credentials");
    await writeFile(file, "[operator]\naws_access_key_id = AKIATEST\naws_secret_access_key = test\n");
    return runScript("audit.ts", ["day", "2026-07-22", "--stage", stage, "--region", "eu-west-1"], {
      AWS_PROFILE: "operator",
      AWS_SHARED_CREDENTIALS_FILE: file,
      AWS_ENDPOINT_URL_SSM: store.url,
      AWS_ENDPOINT_URL_DYNAMODB: inject("databaseEndpoint"),
    });
  };

  it("is opened with the profile of whoever looks", async () => {
    const Name = "/sst/gatehouse/anna/Parameter/TABLE_NAME/value";
    store.hold({ Name, Value: table, Type: "String" });
    expect(await look("anna")).toEqual({ exitCode: 0, stdout: "", stderr: "" });
  });

  it("is missed in one line where the stage is not deployed", async () => {
    store.hold();
    expect(await look("ben")).toEqual({
      exitCode: 1,
      stdout: "",
      stderr: "Stage ben in eu-west-1 has no table: it is not deployed\n",
    });
  });
});
