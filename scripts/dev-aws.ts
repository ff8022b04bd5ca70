/** `npm run dev:aws`: SST's live Lambda development, once it is sure to begin. docs/live-debugging.md tells of it. */
import { secretNames } from "@gatehouse/core/secrets";
import { runSst } from "./aws/sst.ts";
import { accountOf, assertSecrets, readStageOptions } from "./aws/stage-command.ts";
import { SecretStoreError } from "./secret-store.ts";

const usage =
  "Usage: npm run dev:aws -- --stage <name of your own> [--region <name>] [--profile <name>] [options of sst dev]";

const options = readStageOptions(process.argv.slice(2));
try {
  if (options?.stage === undefined) throw new SecretStoreError(usage);
  const { stage, region, rest } = options;
  const account = await accountOf(region);
  await assertSecrets(stage, region, secretNames);
  console.log(`Live on stage ${stage} of account ${account} in ${region}`);
  process.exitCode = await runSst(["dev", "--stage", stage, "--region", region, ...rest]);
} catch (error) {
  console.error(error instanceof SecretStoreError ? error.message : error);
  process.exitCode = 1;
}
