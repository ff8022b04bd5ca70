import { openOutbox } from "../packages/functions/test/outbox.ts";
import { brokenBy, figuresOf } from "./growth/compare.ts";
import type { Stage } from "./growth/samples.ts";
import { readNumbers, UsageError } from "./support/options.ts";
import { openPlace, startTable } from "./support/place.ts";
import { quietly } from "./support/quietly.ts";
import { report } from "./support/report.ts";

const fewest = 10;

/**
 * Whether each operation asks DynamoDB for as much, and takes as much CPU of this process, with many people in the table as
 * with ten.
 *
 * @throws UsageError
 */
export async function run(args: readonly string[]): Promise<readonly string[]> {
  const { people, rounds } = readNumbers(args, { people: 100_000, rounds: 40 });
  if (people <= fewest) throw new UsageError(`--people should be more than ${fewest}`);
  const sizes = [fewest, 1_000, 10_000].filter((size) => size < people).concat(people);
  await import("./support/cheap-hashes.ts");
  await using outbox = closing(await openOutbox());
  await using few = closing(await startTable());
  await using _ = await openPlace({
    JOB_QUEUE_URL: outbox.queueUrl,
    SQS_ENDPOINT: outbox.endpoint,
    SES_ENDPOINT: outbox.endpoint,
    // Everybody comes from one source, and somebody mistypes a password in every round.
    SOURCE_LIMIT_PER_HOUR: "1000000",
    SOURCE_FAILURES_PER_HOUR: "1000000",
    FAILURES_PER_MINUTE: "1000000",
  });
  const { grow } = await import("./growth/grow.ts");
  const stages: Stage[] = [];
  const endpoints = [few.endpoint, String(process.env["DYNAMODB_ENDPOINT"])] as const;
  for await (const stage of quietly(grow(endpoints, sizes, rounds))) {
    console.log(`${stage.people.toLocaleString("en")} people, after ${process.uptime().toFixed(0)} s`);
    stages.push(stage);
  }
  console.log("");
  const how = `CPU of this process, medians of ${rounds} rounds by turns with a table of ${fewest} people`;
  report("growth", how, figuresOf(stages));
  return brokenBy(stages);
}

function closing<T extends { stop(): Promise<void> }>(running: T): T & AsyncDisposable {
  return Object.assign(running, { [Symbol.asyncDispose]: () => running.stop() });
}
