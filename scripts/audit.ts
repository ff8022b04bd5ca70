/** `npm run audit`: reads the record of events of this laptop or of a stage, and proves it whole. docs/operations.md. */
import type { EventItem } from "../packages/core/src/event/event.entity.ts";
import { toView } from "../packages/core/src/event/view.ts";
import { type Action, runCommand, whereUsage } from "./command.ts";

const usage = `Usage: npm run audit -- <command> [options]

  verify               is every record whole? Exit code 1 where something was changed or removed
  day [2026-11-27]     what happened on a day, in UTC; without one today
  of <user id|stage>   what happened to one account, or to the stage itself

${whereUsage}`;

await runCommand(usage, choose);

function choose([command, subject, ...more]: readonly string[]): Action | undefined {
  if (more.length > 0) return undefined;
  switch (command) {
    case "verify":
      return subject === undefined ? verify : undefined;
    case "day":
      return /^\d{4}-\d\d-\d\d$/.test(subject ?? today()) ? () => tellDay(subject ?? today()) : undefined;
    case "of":
      return /^(?:stage|[0-9a-z]{26})$/.test(subject ?? "") ? () => tellOf(String(subject)) : undefined;
    default:
      return undefined;
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
