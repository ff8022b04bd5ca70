/** `npm run keys`: makes, turns, retires and shows the keys of this laptop or of a stage. docs/keys.md says when. */
import { parseArgs } from "node:util";
import { ConfigError } from "@gatehouse/core/error";
import { algorithms } from "../packages/core/src/token/key.ts";
import { KeyRingError } from "../packages/core/src/token/key-ring.ts";
import { settingsOf } from "../stacks/stage.ts";
import { initialise, replaceKeys, retireKey, rotateKeys, showKeys } from "./key-commands.ts";
import { ownData } from "./open-table.ts";
import { retirePepper, rotatePepper } from "./pepper-commands.ts";
import { recordRotation } from "./record-rotation.ts";
import { openParameterStore, openSecretFile, SecretStoreError } from "./secret-store.ts";

const usage = `Usage: npm run keys -- <command> [options]

  init                 make the keys of a new place, and what one of an earlier version lacks
  rotate               next to current to previous, and a new next
  rotate --emergency   replace every key at once: nobody stays logged in, no mailed code works
  retire               take the previous key out
  rotate-pepper        a new pepper before the others: each password moves to it when its person logs in
  retire-pepper        take the oldest pepper out, with --force: whoever has not logged in since resets their password
  show                 tell state, algorithm, kid and since when, and the peppers

  --stage <name>       a stage's SSM parameters; without it the file of this laptop
  --region <name>      of the stage
  --data <directory>   where the file is (default .data)
  --algorithm <name>   ${algorithms.join(" or ")} for what init and rotate make; without it as before
  --if-missing         init is content where nothing is missing: for what runs again and again
  --force              rotate and retire do not wait for those who have not heard of a key yet`;

/** What each command may be given besides the place. */
const commands = {
  init: ["algorithm", "if-missing"],
  rotate: ["algorithm", "force", "emergency"],
  retire: ["force"],
  "rotate-pepper": [],
  "retire-pepper": ["force"],
  show: [],
} as const satisfies Record<string, readonly string[]>;

try {
  const lines = await run(process.argv.slice(2));
  for (const line of lines) console.log(line);
} catch (error) {
  const hint = error instanceof KeyRingError ? " (docs/keys.md says what for, and what --force breaks)" : "";
  console.error(isForPeople(error) ? error.message + hint : error);
  process.exitCode = 1;
}

async function run(args: readonly string[]): Promise<readonly string[]> {
  if (args.includes("--help")) return [usage];
  const { command, options } = read(args);
  const store =
    options.stage === undefined
      ? openSecretFile(options.data ?? ownData)
      : openParameterStore(options.stage, options.region);
  const recorded = async (name: string, lines: readonly string[]) => [
    ...lines,
    ...(await recordRotation(name, store, options)),
  ];
  switch (command) {
    case "init":
      return initialise(store, options.algorithm, { ifMissing: options["if-missing"] });
    case "rotate":
      return options.emergency
        ? recorded("emergency", [...(await replaceKeys(store, options.algorithm)), promise(options.stage)])
        : recorded("rotate", await rotateKeys(store, options));
    case "retire":
      return recorded("retire", await retireKey(store, options));
    case "rotate-pepper":
      return recorded(command, await rotatePepper(store));
    case "retire-pepper":
      return recorded(command, await retirePepper(store, options));
    case "show":
      return showKeys(store);
  }
}

function read(args: readonly string[]) {
  const { positionals, values } = parse(args);
  const { algorithm: name, ...options } = values;
  const command = (Object.keys(commands) as (keyof typeof commands)[]).find(
    (each) => each === positionals[0],
  );
  const algorithm = algorithms.find((each) => each === name);
  const places = options.stage === undefined ? ["data"] : ["stage", "region"];
  const isMeant =
    command !== undefined &&
    positionals.length === 1 &&
    algorithm === name &&
    Object.keys(values).every((key) => [...places, ...commands[command]].includes(key));
  if (!isMeant) throw new SecretStoreError(usage);
  return { command, options: { ...options, algorithm } };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        stage: { type: "string" },
        region: { type: "string" },
        data: { type: "string" },
        algorithm: { type: "string" },
        emergency: { type: "boolean" },
        "if-missing": { type: "boolean" },
        force: { type: "boolean" },
      },
    });
  } catch {
    throw new SecretStoreError(usage);
  }
}

/** By when an emergency is over: each function and each gateway has let go of what it kept. */
function promise(stage: string | undefined): string {
  const cacheSeconds = stage === undefined ? 60 : settingsOf(stage).authorizerCacheSeconds;
  return (
    "every access and refresh token of before is refused at the latest after SECRETS_CACHE_SECONDS and the " +
    `authorizer's cache time: 300 s and ${cacheSeconds} s, unless the place has others`
  );
}

function isForPeople(error: unknown): error is Error {
  return error instanceof SecretStoreError || error instanceof KeyRingError || error instanceof ConfigError;
}
