import { readTable, type StoredItem } from "../../packages/core/test/items.ts";
import { type Consumed, itemBytes, onConsumed } from "../../packages/core/test/units.ts";
import { type Measure, openHouse } from "./house.ts";
import { nextPassword, settle, useAccount } from "./life.ts";
import { askedBy, type Counts, type Operation } from "./operation.ts";

/** What is kept of each line of the log beside its text (CloudWatch Logs, "PutLogEvents"). */
const bytesALine = 26;

/**
 * Does everything in this process, on its table, and counts what it costs.
 *
 * @param takeOutput what was written to stdout since it was asked last.
 */
export async function countOperations(takeOutput: () => string): Promise<Counts> {
  let consumed: Consumed[] = [];
  onConsumed((each) => consumed.push(each));
  const operations: Record<string, Operation> = {};
  const measure: Measure = async ({ name, function: inFunction, hashes }, act) => {
    consumed = [];
    takeOutput();
    const { bytes } = await act();
    const lines = normal(takeOutput());
    operations[name] = {
      function: inFunction,
      ...askedBy(consumed),
      hashes,
      logBytes: lines.reduce((sum, line) => sum + Buffer.byteLength(line) + bytesALine, 0),
      answerBytes: bytes,
    };
  };
  const house = await openHouse(measure);

  // A container's first request says so in its log: everything is done twice, and the second time is counted.
  for (const email of ["first@example.com", "second@example.com"]) {
    await settle(house, email);
    await useAccount(house, { email, elsewhere: `198.51.100.${email.length}`, stranger: `x${email}` });
    // There is no session left, and its size is asked for.
    await house.send("POST /login", { email, password: nextPassword });
  }
  await house.stop();

  const { "profile, authorizer asked": asked, ...others } = operations;
  return {
    operations: {
      ...others,
      "ask the authorizer": difference(asked as Operation, operations["profile"] as Operation),
    },
    items: await sizes(),
  };
}

/** What the authorizer did: what a request cost more for which the gateway asked it. */
function difference(asked: Operation, kept: Operation): Operation {
  const requests = asked.requests.split(" ");
  for (const request of kept.requests.split(" ")) {
    const at = requests.indexOf(request);
    if (at < 0) throw new Error(`${asked.requests} lacks ${request}`);
    requests.splice(at, 1);
  }
  return {
    function: "authorizer",
    requests: requests.join(" "),
    reads: asked.reads - kept.reads,
    writes: asked.writes - kept.writes,
    entries: asked.entries - kept.entries,
    hashes: 0,
    logBytes: asked.logBytes - kept.logBytes,
    answerBytes: 0,
  };
}

/** The mean size of the items of each entity. */
async function sizes(): Promise<Readonly<Record<string, number>>> {
  const groups = Object.groupBy(await readTable(), (item) => String(item["__edb_e__"]));
  const means = Object.entries(groups).map(([name, items = []]) => {
    const sum = items.reduce((total, item) => total + itemBytes(inOneShard(item)), 0);
    return [name, Math.round(sum / items.length)] as const;
  });
  return Object.fromEntries(means.toSorted());
}

/** An event with the number of its shard, which is by chance, of as many digits as any other's. */
function inOneShard(item: StoredItem): StoredItem {
  return item["shard"] === undefined ? item : { ...item, shard: 99, gsi1pk: `day#${item["day"]}#99` };
}

/** The lines of a log, with every duration of as many digits. */
function normal(output: string): readonly string[] {
  const lines = output.split("\n").filter((line) => line !== "");
  return lines.map((line) => line.replace(/"durationMs":[\d.]+/, '"durationMs":100'));
}
