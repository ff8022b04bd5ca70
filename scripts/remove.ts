/** `npm run remove -- --stage <name>`: takes a stage away, and says first what of it stays. */
import { createInterface } from "node:readline/promises";
import { settingsOf } from "../stacks/stage.ts";
import { runSst } from "./aws/sst.ts";
import { accountOf, readStageOptions, type StageOptions } from "./aws/stage-command.ts";
import { openParameterStore, SecretStoreError } from "./secret-store.ts";

const usage = `Usage: npm run remove -- --stage <name> [--region <name>] [--profile <name>] [--yes] [options of sst remove]

  --yes   without it the name of the stage has to be typed`;

const options = readStageOptions(process.argv.slice(2));
if (options?.stage === undefined) {
  console.error(usage);
  process.exitCode = 1;
} else {
  process.exitCode = await remove(options.stage, options).catch((error) => {
    console.error(error instanceof SecretStoreError ? error.message : error);
    return 1;
  });
}

async function remove(stage: string, { region, yes, rest }: StageOptions): Promise<number> {
  const account = await accountOf(region);
  const isKept = settingsOf(stage).removal === "retain";
  const what = isKept
    ? "The table stays, which refuses to be deleted, and so do the logs, and the secrets without which what is stored is worth nothing."
    : "Its table goes with every account in it, and so do its logs and its secrets.";
  console.log(`Removing stage ${stage} of account ${account} in ${region}. ${what}`);
  if (!yes && !(await isConfirmed(stage))) {
    console.error("Nothing was removed.");
    return 1;
  }
  const code = await runSst(["remove", "--stage", stage, "--region", region, ...rest]);
  if (code === 0 && !isKept) await openParameterStore(stage, region).clear();
  return code;
}

async function isConfirmed(stage: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  // Where there is nobody to type, the input ends.
  const ended = new Promise<string>((resolve) => terminal.once("close", () => resolve("")));
  const typed = await Promise.race([terminal.question(`Type ${stage} to go on: `), ended]);
  terminal.close();
  return typed.trim() === stage;
}
