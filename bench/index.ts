/** `npm run bench -- <name>`: what takes minutes, and is looked at rather than passed. README.md says more. */
import { UsageError } from "./support/options.ts";

interface Bench {
  readonly summary: string;
  /** Answers a line for each promise that does not hold. A time never breaks one. */
  load(): Promise<{ run(args: readonly string[]): Promise<readonly string[]> }>;
}

const benches: Readonly<Record<string, Bench>> = {
  "equal-answers": {
    summary: "whether an answer or its time tells who has an account  --samples 250",
    load: () => import("./equal-answers.ts"),
  },
  attack: {
    summary: "a minute of log-ins beside an attacker  --log-ins 200 --seconds 60 --quiet-seconds 20",
    load: () => import("./attack.ts"),
  },
  "password-filter": {
    summary: "what a look-up among the common passwords takes",
    load: () => import("./password-filter.ts"),
  },
  "cold-start": {
    summary: "what a fresh process takes to load a function, and what memory  --runs 20 --each",
    load: () => import("./cold-start.ts"),
  },
  costs: {
    summary: "what it costs on AWS, at list prices",
    load: () => import("./costs.ts"),
  },
  "dynamodb-client": {
    summary: "what a read costs by the slim client and by the SDK  --rounds 20 --reads 300",
    load: () => import("./dynamodb-client.ts"),
  },
  "warm-paths": {
    summary: "what the authorizer and the pipeline take of a warm request  --rounds 30 --times 1000",
    load: () => import("./warm-paths.ts"),
  },
  page: {
    summary: "writes what was measured last into docs/performance.md",
    load: () => import("./page.ts"),
  },
  growth: {
    summary: "whether an operation takes more with many people in the table  --people 100000 --rounds 40",
    load: () => import("./growth.ts"),
  },
  peers: {
    summary: "ours beside a tutorial's design, express, fastify and better-auth  --rounds 4 --seconds 4",
    load: () => import("./peers.ts"),
  },
  "simulate-partitions": {
    summary:
      "what is full first at 1k, 10k, 100k log-ins a second  --tries 1000 --seed 1 --history 365 --failures 1200",
    load: () => import("./simulate-partitions.ts"),
  },
};

const usage = [
  "Usage: npm run bench -- <name> [options]",
  "",
  ...Object.entries(benches).map(([name, { summary }]) => `  ${name.padEnd(21)}${summary}`),
].join("\n");

const [name, ...args] = process.argv.slice(2);
try {
  if (name === undefined || name === "--help") console.log(usage);
  else process.exitCode = (await run(name, args)) ? 0 : 1;
} catch (error) {
  console.error(error instanceof UsageError ? `${error.message}\n\n${usage}` : error);
  process.exitCode = 1;
}

async function run(name: string, args: readonly string[]): Promise<boolean> {
  const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;
  if (!bench) throw new UsageError(`There is no bench ${name}.`);
  const { run } = await bench.load();
  const broken = await run(args);
  console.log(broken.length === 0 ? "\nEvery promise held." : `\nBroken:\n${broken.join("\n")}`);
  return broken.length === 0;
}
