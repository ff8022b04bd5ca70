/**
 * `node scripts/record-release.ts 0.2.0`: keeps what this version of the code writes, for
 * packages/local/test/releases.test.ts of every later one. CONTRIBUTING.md, "Change an item".
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Gatehouse, startGatehouse } from "../packages/local/src/app.ts";
import { functionEnvironment } from "../packages/local/src/environment.ts";
import { live } from "./release/live.ts";

const folders = join(import.meta.dirname, "../packages/core/test/fixtures/releases");

const [version = "", flag] = process.argv.slice(2);
if (!/^\d+\.\d+\.\d+$/.test(version) || (flag !== undefined && flag !== "--again")) {
  console.error("Usage: node scripts/record-release.ts <version> [--again]");
  console.error("  --again   in place of what was recorded of a version that is not out yet");
  process.exitCode = 1;
} else if (existsSync(join(folders, version)) && flag === undefined) {
  console.error(`${version} is recorded. What was released stays; of what is not out yet say --again`);
  process.exitCode = 1;
} else {
  await record(join(folders, version));
}

async function record(folder: string): Promise<void> {
  const dataDirectory = mkdtempSync(join(tmpdir(), "gatehouse-release-"));
  const secretsFile = join(dataDirectory, "secrets.json");
  const house = await startGatehouse({
    port: 0,
    host: "127.0.0.1",
    dataDirectory,
    environment: { CONCEAL_ACCOUNTS: "true" },
    logs: { write: () => true },
  });
  try {
    const lived = await live(house);
    const recordedAt = new Date().toISOString();
    const { items, shapes, audience } = await readAll(house, secretsFile);
    const secrets: unknown = JSON.parse(readFileSync(secretsFile, "utf8"));
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const held = { recordedAt, issuer: house.url, audience, secrets, ...lived };
    writeFileSync(join(folder, "held.json"), JSON.stringify(held, null, 2));
    writeFileSync(join(folder, "shapes.json"), JSON.stringify(shapes, null, 2));
    writeFileSync(join(folder, "items.jsonl"), items.map(lineOf).join(""));
    execFileSync("biome", ["format", "--write", folder], { stdio: "ignore" });
    console.log(`${items.length} items of ${version} are recorded`);
  } finally {
    await house.stop();
    rmSync(dataDirectory, { recursive: true, force: true });
  }
}

/** The table as it is. Core is loaded only here: it reads the environment when it loads. */
async function readAll({ url, database: { endpoint } }: Gatehouse, secretsFile: string) {
  const nowhere = "http://localhost:9";
  const places = { url, databaseEndpoint: endpoint, secretsFile, queueUrl: nowhere, awsEndpoint: nowhere };
  const environment = functionEnvironment({}, places);
  Object.assign(process.env, environment);
  const { readTable } = await import("../packages/core/test/items.ts");
  const { itemShapes } = await import("../packages/core/test/item-shapes.ts");
  const items = (await readTable()).toSorted((a, b) => (a.pk + a.sk < b.pk + b.sk ? -1 : 1));
  return { items, shapes: await itemShapes(), audience: String(environment["AUDIENCE"]) };
}

/** An item on a line, with its attributes in the order of their names. */
function lineOf(item: object): string {
  return `${JSON.stringify(Object.fromEntries(Object.entries(item).toSorted()))}\n`;
}
