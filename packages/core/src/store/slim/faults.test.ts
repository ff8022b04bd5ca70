/** Whatever becomes of a request over a real connection: either client asks as often, and answers or throws the same. */
import { afterEach, describe, expect, it, vi } from "vitest";
import {
  answersWell,
  breaksOff,
  breaksOffChunked,
  type FaultServer,
  hangsUp,
  openFaultServer,
  type React,
  refuses,
  says,
} from "../../../test/fault-server.ts";
import { type ClientName, clients, freshClient, type Outcome, outcomeOf } from "../../../test/two-clients.ts";
import { forgetConfig } from "../../config.ts";
import type { DynamoDb } from "../dynamodb.ts";

const names = Object.keys(clients) as ClientName[];

const servers: FaultServer[] = [];

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  vi.unstubAllEnvs();
  forgetConfig();
  for (const server of servers.splice(0)) server.close();
});

async function serverFor(...reactions: React[]): Promise<FaultServer> {
  const server = await openFaultServer(reactions);
  servers.push(server);
  vi.stubEnv("DYNAMODB_ENDPOINT", server.url);
  forgetConfig();
  return server;
}

function get(client: DynamoDb): Promise<Outcome> {
  return outcomeOf(client, "GetItem", { TableName: "table", Key: { pk: "a" } });
}

/**
 * What either client makes of a server, and how often it asked. The pauses between tries are none, and the clock stands:
 * a client tells by the millisecond whether it knew how far off a service's clock is.
 */
async function eachMakes(reactions: readonly React[], run = get): Promise<Record<ClientName, unknown>> {
  vi.spyOn(Math, "random").mockReturnValue(0);
  vi.useFakeTimers({ toFake: ["Date"] });
  const made = {} as Record<ClientName, unknown>;
  for (const name of names) {
    const server = await serverFor(...reactions);
    made[name] = { outcome: await run(freshClient(name)), requests: server.received.length };
  }
  return made;
}

const hour = 3_600_000;

function at(offset: number): Record<string, string> {
  return { Date: new Date(Date.now() + offset).toUTCString() };
}

/** A refusal to sign by that clock, of a clock that is an hour further with each try. */
const runsAway: React = (response, request) => {
  const number = Number(/attempt=(\d)/.exec(String(request.headers["amz-sdk-request"]))?.[1]);
  refuses(400, "InvalidSignatureException", {}, at(number * hour))(response, request);
};

const reasons = {
  CancellationReasons: [
    { Code: "None" },
    { Code: "ConditionalCheckFailed", Message: "it is there", Item: { pk: { S: "a" }, b: { B: "AQID" } } },
  ],
};

const statuses = [300, 400, 404, 413, 429, 500, 501, 502, 503, 504];

const refusals = [
  "AccessDeniedException",
  "ConditionalCheckFailedException",
  "ExpiredTokenException",
  "IdempotentParameterMismatchException",
  "IncompleteSignatureException",
  "InternalServerError",
  "InvalidSignatureException",
  "ItemCollectionSizeLimitExceededException",
  "LimitExceededException",
  "MissingAuthenticationTokenException",
  "ProvisionedThroughputExceededException",
  "ReplicatedWriteConflictException",
  "RequestExpired",
  "RequestLimitExceeded",
  "RequestTimeout",
  "RequestTimeTooSkewed",
  "ResourceInUseException",
  "ResourceNotFoundException",
  "SerializationException",
  "ServiceUnavailable",
  "SlowDown",
  "ThrottlingException",
  "TransactionCanceledException",
  "TransactionConflictException",
  "TransactionInProgressException",
  "UnrecognizedClientException",
  "ValidationException",
];

const faults: Readonly<Record<string, React>> = {
  "a connection that is reset": hangsUp,
  "an answer that breaks off": breaksOff,
  "a refusal that breaks off": breaksOffChunked,
  "half a document": says(200, '{"Item":{"pk":{"S":"us'),
  "a page in place of a document": says(200, "<p>hello</p>", { "Content-Type": "text/html" }),
  "nothing in place of a document": says(200, ""),
  "no document but null": says(200, "null"),
  "no document but a number": says(200, "7"),
  "a wrong checksum": says(200, "{}", { "x-amz-crc32": "1" }),
  "a page that says it is busy": says(503, "<p>busy</p>", { "Content-Type": "text/html" }),
  "a page that says no": says(403, "<p>no</p>", { "Content-Type": "text/html" }),
  "an item that is null": says(200, '{"Item":null}'),
  "a time to come back at": refuses(400, "ThrottlingException", {}, { "Retry-After": "0" }),
  "a date to come back at": refuses(
    503,
    "ServiceUnavailable",
    {},
    { "Retry-After": new Date(0).toUTCString() },
  ),
  "milliseconds to come back after": refuses(503, "ServiceUnavailable", {}, { "x-amz-retry-after": "1" }),
  "no time to come back at": refuses(503, "ServiceUnavailable", {}, { "Retry-After": "soon" }),
  "a value of no known type": says(200, '{"Item":{"pk":{"X":"a"}}}'),
  "a value without a type": says(200, '{"Item":{"pk":{}}}'),
  "a number that is none": says(200, '{"Item":{"n":{"N":"many"}}}'),
  "reasons of a transaction": refuses(400, "TransactionCanceledException", reasons),
  "what stood in the way": refuses(400, "ConditionalCheckFailedException", { Item: { b: { BS: ["AQID"] } } }),
  "a message with a capital": refuses(400, "ValidationException", { message: undefined, Message: "no" }),
  "no message": refuses(400, "ValidationException", { message: undefined }),
  "an empty message": refuses(400, "ValidationException", { message: "" }),
  "a name in a header": says(400, "{}", { "x-amzn-errortype": "ThrottlingException:http://internal/" }),
  "a name as a code": says(400, '{"code":"ThrottlingException"}'),
  "a name that stands alone": says(400, '{"__type":"ThrottlingException"}'),
  "a name twice": says(400, '{"__type":"a#ValidationException"}', { "x-amzn-errortype": "SlowDown" }),
  "a refusal to sign by that clock": refuses(400, "InvalidSignatureException", {}, at(hour)),
  "a refusal to sign by a clock that runs away": runsAway,
  "a signature that expired": refuses(400, "InvalidSignatureException", {
    message: "Signature expired: now",
  }),
  "a clock that is right": refuses(400, "AccessDeniedException", {}, at(0)),
  "an old clock, of a cache": refuses(400, "AccessDeniedException", {}, { ...at(-hour), Age: "10" }),
  "a clock that is none": refuses(400, "AccessDeniedException", {}, { Date: "yesterday" }),
};

describe.each([
  ["once", [answersWell]],
  ["twice", undefined],
  ["each time", []],
])("%s", (times, after) => {
  const all = (fault: React) => (after ? [fault, ...after] : [fault, fault, answersWell]);

  it.each(Object.entries(faults))(`%s, ${times}`, async (_, fault) => {
    const { sdk, slim } = await eachMakes(all(fault));
    expect(slim).toEqual(sdk);
  });

  it.each(refusals)(`a refusal by the name %s, ${times}`, async (name) => {
    for (const status of [400, 503]) {
      const { sdk, slim } = await eachMakes(all(refuses(status, name)));
      expect(slim).toEqual(sdk);
    }
  });

  it.each(statuses)(`a status of %d without a word, ${times}`, async (status) => {
    const { sdk, slim } = await eachMakes(all(says(status, "")));
    expect(slim).toEqual(sdk);
  });
});
