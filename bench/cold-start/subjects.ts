import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventOf } from "../../packages/functions/test/event.ts";
import { builtIns } from "../../stacks/bundle/built-ins.ts";
import { bundleFunction } from "../../stacks/bundle/bundle-function.ts";
import { contract } from "../../stacks/bundle/contract.ts";
import type { Plugin } from "../../stacks/bundle/plugin.ts";
import { replacements, replacing, sdkClient } from "../../stacks/bundle/replacements.ts";
import { cheapHashes } from "./cheap-hashes.ts";
import { asScript, loadingByCache } from "./code-cache.ts";
import { email, password } from "./log-in.ts";
import type { LogInByHand } from "./record-log-in.ts";

/** A module that is loaded in a fresh process. */
export interface Subject {
  readonly name: string;
  readonly file: string;
  /** The file of an event that it answers before it counts as started. */
  readonly event?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** What it is told in times of, by name, and what is wanted of that; what memory it may add, in megabytes. */
  readonly of?: readonly (readonly [base: string, wanted?: string])[];
  readonly memory?: number;
  /** It lacks a measure that a deploy has. */
  readonly isWithout?: true;
}

export interface Subjects extends Disposable {
  readonly all: readonly Subject[];
}

export const empty = "an empty handler";
const bare = "node:crypto alone";
const byHand = "log-in, by hand";

/** What a deploy does to a bundle, by name. */
const measures: Readonly<Record<string, Plugin>> = {
  "built-ins": builtIns,
  "the contract's schemas": contract,
  ...Object.fromEntries(Object.entries(replacements).map(([name, each]) => [name, replacing([each])])),
};

/** What SST puts before a bundle, so that packages of CommonJS have a `require`: they need it where built-ins are imported. */
const banner: Plugin = {
  name: "SST's banner",
  setup({ initialOptions }) {
    const lines = [
      `import { createRequire as topLevelCreateRequire } from 'module';`,
      `const require = topLevelCreateRequire(import.meta.url);`,
      `import { fileURLToPath as topLevelFileUrlToPath, URL as topLevelURL } from "url"`,
      `const __dirname = topLevelFileUrlToPath(new topLevelURL(".", import.meta.url))`,
    ];
    initialOptions.banner = { js: lines.join("\n") };
  },
};

const slim = replacing([sdkClient]);
const sdk = { DYNAMODB_CLIENT: "sdk" };

/** @param each whether the log-in is also bundled without each of the measures. */
export async function bundleSubjects(
  logIn: LogInByHand,
  { each }: { readonly each: boolean },
): Promise<Subjects> {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-cold-start-"));
  const write = (name: string, text: string) => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  };
  const bundled = async (source: string, plugins: readonly Plugin[]) =>
    write(`${randomUUID()}.mjs`, (await bundleFunction(source, [...plugins, cheapHashes])).code);
  const request = eventOf({ method: "POST", path: "/login", body: { email, password } });
  const event = write("event.json", JSON.stringify(request));
  const source = (handler: string) => `packages/functions/src/${handler}.ts`;
  const all = Object.values(measures);

  const usual = async (name: string, handler: string): Promise<Subject> => ({
    name: `${name}, bundled the usual way`,
    file: await bundled(source(handler), [banner]),
    environment: sdk,
  });
  const deployed = async (name: string, handler: string): Promise<Subject> => ({
    name: `${name}, as it is deployed`,
    file: await bundled(source(handler), [...all, slim]),
  });
  const answering = async (subject: Promise<Subject>): Promise<Subject> => ({ ...(await subject), event });

  const without = Object.keys(each ? measures : {}).map(async (name): Promise<Subject> => {
    const others = Object.entries(measures).filter(([other]) => other !== name);
    return {
      name: `log-in, without ${name}`,
      file: await bundled(source("login"), [banner, ...others.map(([, plugin]) => plugin), slim]),
      event,
      of: [["log-in, as it is deployed"]],
      isWithout: true,
    };
  });
  const subjects: readonly Subject[] = [
    { name: empty, file: write("empty.mjs", "export const handler = async () => ({});") },
    { name: bare, file: write("crypto.mjs", `import "node:crypto"; export const handler = 0;`) },
    await usual("authorizer", "authorizer"),
    {
      ...(await deployed("authorizer", "authorizer")),
      of: [["authorizer, bundled the usual way"], [bare, "<= 3.0"]],
      memory: 5,
    },
    await usual("GET /me", "me"),
    { ...(await deployed("GET /me", "me")), of: [["GET /me, bundled the usual way"]] },
    await answering(usual("log-in", "login")),
    {
      name: "log-in, as it is deployed with the SDK",
      file: await bundled(source("login"), all),
      environment: sdk,
      event,
      of: [["log-in, bundled the usual way", "<= 0.45"]],
    },
    {
      ...(await answering(deployed("log-in", "login"))),
      of: [
        ["log-in, bundled the usual way", "<= 0.25"],
        [byHand, "<= 1.5"],
      ],
      memory: 12,
    },
    {
      name: byHand,
      file: await bundled(join(import.meta.dirname, "by-hand.ts"), all),
      event,
      environment: { LOG_IN: write("log-in.json", JSON.stringify(logIn)) },
    },
    {
      name: "log-in, as it is deployed, by a code cache of this machine",
      file: write("cached.mjs", loadingByCache(await bundled(source("login"), [...all, slim, asScript]))),
      event,
      of: [["log-in, as it is deployed"], ["log-in, bundled the usual way"]],
    },
    ...(await Promise.all(without)),
  ];
  return { all: subjects, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}
