/**
 * DynamoDB takes 1,000 write units a second of one partition (developer guide, "Best practices for designing and using
 * partition keys"). What everybody's requests write to would be such a partition.
 */
import { limits, type Route, routes } from "@gatehouse/contract";
import { expect, it } from "vitest";
import { requestsOf, type Request as TableRequest } from "../../core/test/requests.ts";
import { call } from "../test/call.ts";
import { oneOfMany } from "../test/crowd.ts";
import { handlerOf } from "../test/handler-of.ts";
import { captureStdout } from "../test/stdout.ts";
import { wholeRequest } from "../test/whole-request.ts";

captureStdout();

const mostUnits = 1000;

type Attributes = Readonly<Record<string, { readonly S?: string } | undefined>>;

interface Write {
  readonly Key?: Attributes;
  readonly Item?: Attributes;
}

/** Units that a request writes to each partition, of the table and of its index. */
function unitsOf({ operation, input }: TableRequest): [partition: string, units: number][] {
  const transacted = (input["TransactItems"] ?? []) as Readonly<Record<string, Write>>[];
  const alone = /^(?:Put|Update|Delete)Item$/.test(operation) ? [input as Write] : [];
  const write = ({ Key, Item }: Write, units: number) =>
    [Key?.["pk"], Item?.["pk"], Item?.["gsi1pk"]].flatMap((key): [string, number][] =>
      key?.S ? [[key.S, units]] : [],
    );
  return [
    ...alone.flatMap((each) => write(each, 1)),
    // A transaction writes each item twice (the same guide, "Capacity management for transactions").
    ...transacted.flatMap((each) => Object.values(each).flatMap((inner) => write(inner, 2))),
  ];
}

async function written(route: Route, sourceIp: string): Promise<Map<string, number>> {
  const request = await wholeRequest(route, await oneOfMany(sourceIp));
  const handler = await handlerOf(route.name);
  const units = new Map<string, number>();
  for (const asked of await requestsOf(() => call(handler, { ...request, sourceIp })))
    for (const [partition, count] of unitsOf(asked))
      units.set(partition, (units.get(partition) ?? 0) + count);
  return units;
}

/** How many requests a second reach a route of prod. */
function rateOf(route: Route): number {
  return limits.routes[route.name as keyof typeof routes].rate;
}

/** Units a second that go to what requests of one kind by two people both write to. */
async function sharedBy(sources: readonly [string, string]): Promise<Map<string, number>> {
  const shared = new Map<string, number>();
  for (const route of Object.values<Route>(routes)) {
    const [one, other] = [await written(route, sources[0]), await written(route, sources[1])];
    for (const [partition, units] of one)
      if (other.has(partition)) shared.set(partition, (shared.get(partition) ?? 0) + units * rateOf(route));
  }
  return shared;
}

it("people of one source have its counters in common", async () => {
  const shared = await sharedBy(["192.0.2.7", "192.0.2.7"]);
  expect([...shared.keys()]).toContainEqual(expect.stringMatching(/^throttle#/));
});

it("what everybody has in common is written seldom enough for one partition, as the gateway throttles prod", async () => {
  const shared = await sharedBy(["192.0.2.8", "192.0.2.9"]);
  const tooMuch = [...shared].filter(([, units]) => units > mostUnits);
  expect(tooMuch).toEqual([]);
});
