/** The slim client against the SDK: the same requests of tables that begin alike, and nothing a caller sees differs. */
import fc from "fast-check";
import { expect, inject, it } from "vitest";
import { createTestTable } from "../../../../local/test/support/table.ts";
import { anyRequest } from "../../../test/any-request.ts";
import { overLine, type Try } from "../../../test/faulty-transport.ts";
import { type ClientName, freshClient, outcomeOf } from "../../../test/two-clients.ts";

/** A run of requests that can be had again: `seed` names it. */
const requests = fc.sample(anyRequest, { numRuns: 1000, seed: 28 });

interface Side {
  readonly outcome: object;
  readonly sent: readonly object[];
}

/** One client with a table of its own. */
async function openSide(name: ClientName): Promise<(request: (typeof requests)[number]) => Promise<Side>> {
  const client = freshClient(name);
  const table = await createTestTable(inject("databaseEndpoint"));
  return async ({ operation, inputFor }) => {
    const sent: Try[] = [];
    const run = () => outcomeOf(client, operation, inputFor(table));
    const listen = (attempt: Try, send: Parameters<Parameters<typeof overLine>[0]>[1]) => {
      sent.push(attempt);
      return send();
    };
    const outcome = await overLine(listen, run);
    const bodies = sent.map(({ operation: asked, body: { ClientRequestToken, ...body } }) => {
      return { asked, body, hasToken: ClientRequestToken !== undefined };
    });
    return { outcome: untold(table, outcome), sent: untold(table, bodies) };
  };
}

/** The same with every mention of the table's name taken out, in keys and in texts. */
function untold<T>(table: string, value: T): T {
  if (typeof value === "string") return value.replaceAll(table, "table") as T;
  if (Array.isArray(value)) return value.map((each) => untold(table, each)) as T;
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key.replace(table, "table"), untold(table, each)]),
  ) as T;
}

it("a thousand requests are sent, answered and refused alike", async () => {
  const [sdk, slim] = [await openSide("sdk"), await openSide("slim")];
  const outcomes: string[] = [];
  for (const [index, request] of requests.entries()) {
    const [theirs, ours] = [await sdk(request), await slim(request)];
    expect({ index, ...ours }).toEqual({ index, ...theirs });
    outcomes.push("answered" in theirs.outcome ? request.operation : nameOf(theirs.outcome));
  }
  // So that they go on to be more than refusals.
  const counts = Object.entries(Object.groupBy(outcomes, (each) => each));
  const often = counts.filter(([, each = []]) => each.length >= 15).map(([name]) => name);
  expect(often.toSorted()).toEqual([
    "BatchGetItem",
    "BatchWriteItem",
    "ConditionalCheckFailedException",
    "DeleteItem",
    "GetItem",
    "PutItem",
    "Query",
    "ResourceNotFoundException",
    "Scan",
    "TransactGetItems",
    "TransactWriteItems",
    "TransactionCanceledException",
    "UpdateItem",
    "ValidationException",
  ]);
}, 120_000);

function nameOf(outcome: object): string {
  return (outcome as { thrown: Error }).thrown.name;
}
