/**
 * Writes `docs/openapi.json` from packages/contract, for whoever wants to read it or make a client of it without a
 * stage at hand. `node scripts/build-openapi.ts`; with `--check` it only says whether the file is fresh.
 */
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { openApiDocument } from "@gatehouse/contract/openapi";

const output = fileURLToPath(new URL("../docs/openapi.json", import.meta.url));
const text = `${JSON.stringify(openApiDocument("https://auth.example.com"), undefined, 2)}\n`;

if (!process.argv.includes("--check")) await writeFile(output, text);
else if (text !== (await readFile(output, "utf8").catch(() => ""))) {
  process.stderr.write("docs/openapi.json is stale: run node scripts/build-openapi.ts\n");
  process.exitCode = 1;
}
