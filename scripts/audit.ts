/** `npm run audit`: reads the record of events of this laptop or of a stage, and proves it whole. docs/operations.md. */
import { parseArgs } from "node:util";
import { ConfigError } from "@gatehouse/core/error";
import type { EventItem } from "../packages/core/src/event/event.entity.ts";
import { toView } from "../packages/core/src/event/view.ts";
import { StartError } from "../packages/local/src/start-error.ts";
import { openTable } from "./open-table.ts";
import { SecretStoreError } from "./secret-store.ts";

const usage = `Usage: npm run audit -- <command> [options]

  verify               is every record whole? Exit code 1 where something was changed or removed
  day [2026-11-27]     what happened on a day, in UTC; without one today
  of <user id|stage>   what happened to one account, or to the stage itself

  --stage <name>       of a stage; without it of this laptop, whether or not npm start runs
  --region <name>      of the stage
  --data <directory>   where the laptop's data is (default .data)`;

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  const isForPeople = [SecretStoreError, StartError, ConfigError].some((kind) => error instanceof kind);
  console.error(isForPeople ? (error as Error).message : error);
  process.exitCode = 1;
}

async function run(args: readonly string[]): Promise<number> {
  const request = read(args);
  if (request === undefined) {
    console.log(usage);
    return args.includes("--help") ? 0 : 1;
  }
  const close = await openTable(request.where);
  try {
    return await request.answer();
  } finally {
    await close();
  }
}

function read(args: readonly string[]) {
  const { positionals, values } = parse(args);
  const [command, subject, ...more] = positionals;
  if (values.help || more.length > 0) return undefined;
  const answer =
    command === "verify" && subject === undefined
      ? verify
      : command === "day" && /^\d{4}-\d\d-\d\d$/.test(subject ?? today())
        ? () => tellDay(subject ?? today())
        : command === "of" && subject !== undefined && /^(?:stage|[0-9a-z]{26})$/.test(subject)
          ? () => tellOf(subject)
          : undefined;
  return answer && { where: values, answer };
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
        help: { type: "boolean" },
      },
    });
  } catch {
    return {
      positionals: [],
      values: {} as { stage?: string; region?: string; data?: string; help?: boolean },
    };
  }
}

async function verify(): Promise<number> {
  const { verifyAll } = await import("@gatehouse/core/event/audit");
  let [records, events, faults] = [0, 0, 0];
  for await (const { chain, events: found, findings } of verifyAll()) {
    records += 1;
    events += found;
    faults += findings.length;
    for (const finding of findings) console.log(`${chain}: ${finding}`);
  }
  const result = faults === 0 ? "all whole" : count(faults, "finding");
  console.log(`${count(events, "event")} in ${count(records, "record")}: ${result}`);
  return faults === 0 ? 0 : 1;
}

async function tellDay(day: string): Promise<number> {
  const { eventsOfDay } = await import("@gatehouse/core/event/audit");
  return tell(await eventsOfDay(day));
}

async function tellOf(subject: string): Promise<number> {
  const { eventsOf } = await import("@gatehouse/core/event/audit");
  const { chainOf, stageChain } = await import("../packages/core/src/event/chain.ts");
  return tell(await eventsOf(subject === "stage" ? stageChain : chainOf(subject)));
}

/** A line of JSON each, for `jq`. */
function tell(events: readonly EventItem[]): number {
  for (const event of events) console.log(JSON.stringify({ chain: event.chain, ...toView(event) }));
  return 0;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
