import { parseArgs } from "node:util";
import { AuthError, ConfigError } from "@gatehouse/core/error";
import { StartError } from "../packages/local/src/start-error.ts";
import { openTable, type Where } from "./open-table.ts";
import { SecretStoreError } from "./secret-store.ts";

/** What a command does with the table, once that is open; answers the exit code. */
export type Action = () => Promise<number>;

/** The part of a usage that is the same for every command with a table. */
export const whereUsage = `  --stage <name>       of a stage; without it of this laptop, whether or not npm start runs
  --region <name>      of the stage
  --data <directory>   where the laptop's data is (default .data)`;

/**
 * Runs a script that works on the table of a stage or of this laptop. What a person can mend is told in one line.
 *
 * @param choose what the words of the command line ask for; undefined where they make no sense.
 */
export async function runCommand(
  usage: string,
  choose: (words: readonly string[]) => Action | undefined,
): Promise<void> {
  const { words, where, isHelp } = read(process.argv.slice(2));
  const action = isHelp ? undefined : choose(words);
  if (action !== undefined) process.exitCode = await perform(action, where);
  else if (isHelp) console.log(usage);
  else {
    console.error(usage);
    process.exitCode = 1;
  }
}

async function perform(action: Action, where: Where): Promise<number> {
  try {
    const close = await openTable(where);
    try {
      return await action();
    } finally {
      await close();
    }
  } catch (error) {
    const kinds = [SecretStoreError, StartError, ConfigError, AuthError];
    console.error(kinds.some((kind) => error instanceof kind) ? (error as Error).message : error);
    return 1;
  }
}

function read(args: readonly string[]) {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        stage: { type: "string" },
        region: { type: "string" },
        data: { type: "string" },
        help: { type: "boolean" },
      },
    });
    return { words: positionals, where: values, isHelp: values.help === true };
  } catch {
    return { words: [], where: {}, isHelp: false };
  }
}
