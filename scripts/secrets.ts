/**
 * `node scripts/secrets.ts --stage <stage> [--region <region>]` makes the secrets of a new stage and stores them as
 * `sst secrets set` does. They stand on no command line and in no file; a stage that has any keeps what it has.
 */
import { parseArgs } from "node:util";
import { initialise } from "./key-commands.ts";
import { openParameterStore, SecretStoreError } from "./secret-store.ts";

const { values } = parseArgs({ options: { stage: { type: "string" }, region: { type: "string" } } });

try {
  const lines = await storeSecrets(values);
  for (const line of lines) console.log(line);
} catch (error) {
  console.error(error instanceof SecretStoreError ? error.message : error);
  process.exitCode = 1;
}

async function storeSecrets({ stage, region }: typeof values): Promise<readonly string[]> {
  if (!stage)
    throw new SecretStoreError("Usage: node scripts/secrets.ts --stage <stage> [--region <region>]");
  const store = openParameterStore(stage, region);
  const existing = Object.keys(await store.read());
  if (existing.length === 0) return initialise(store);
  throw new SecretStoreError(
    `Nothing was stored: ${existing.join(", ")} of ${store.place} would be lost, and with it every password or session.`,
  );
}
