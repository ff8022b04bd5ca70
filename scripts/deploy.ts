/** `npm run deploy -- --stage <name>`: SST's deploy, with what it leaves unsaid said. docs/operations.md, Deploying. */
import { readFile, stat } from "node:fs/promises";
import { secretNames } from "@gatehouse/core/secrets";
import { runSst } from "./aws/sst.ts";
import { accountOf, assertSecrets, readStageOptions, type StageOptions } from "./aws/stage-command.ts";
import { SecretStoreError } from "./secret-store.ts";

const usage = `Usage: npm run deploy -- --stage <name> [--region <name>] [--profile <name>] [options of sst deploy]

Its secrets have to be there: npm run secrets -- init --stage <name>`;

/** Where SST writes what a deploy brought about, from the project's folder. */
const outputsFile = ".sst/outputs.json";

const options = readStageOptions(process.argv.slice(2));
if (options?.stage === undefined) {
  console.error(usage);
  process.exitCode = 1;
} else {
  process.exitCode = await deploy(options.stage, options).catch((error) => {
    console.error(error instanceof SecretStoreError ? error.message : error);
    return 1;
  });
}

async function deploy(stage: string, { region, rest }: StageOptions): Promise<number> {
  const account = await accountOf(region);
  await assertSecrets(stage, region, secretNames);
  console.log(`Deploying stage ${stage} to account ${account} in ${region}`);
  const startedAt = Date.now();
  const code = await runSst(["deploy", "--stage", stage, "--region", region, ...rest]);
  if (code !== 0) return code;
  const outputs = await readOutputs(startedAt);
  if (!outputs) {
    console.error(`sst deploy ended without a word of what it deployed: nothing is in ${outputsFile}`);
    return 1;
  }
  for (const [name, value] of Object.entries(outputs)) console.log(`${name.padEnd(14)} ${value}`);
  return 0;
}

/** Of all stacks together. What a deploy of before has left there is none of this one. */
async function readOutputs(since: number): Promise<Record<string, unknown> | undefined> {
  const isNew = await stat(outputsFile).then(
    ({ mtimeMs }) => mtimeMs >= since,
    () => false,
  );
  if (!isNew) return undefined;
  const stacks: Record<string, object> = JSON.parse(await readFile(outputsFile, "utf8"));
  return Object.assign({}, ...Object.values(stacks));
}
