/** What can happen to one try of a call to an AWS service, as it looks at the wire. */
import { setImmediate as turn } from "node:timers/promises";
import type { Line } from "../../../core/test/faulty-transport.ts";
import { breakingOff, broken, cancels, refuses, says, unheard } from "./wire-answers.ts";

export interface Fault {
  /** As a test names it: "a call meets ...". */
  readonly name: string;
  readonly strike: Line;
  /** The operations that it happens to. @default all */
  readonly operations?: readonly string[];
}

const writes = ["PutItem", "UpdateItem", "DeleteItem"];

/** Refusals that pass by themselves, and say nothing about the request. */
export const refusals: readonly Fault[] = [
  {
    name: "too much throughput",
    strike: async () => refuses(400, "ProvisionedThroughputExceededException"),
    operations: ["GetItem", "BatchGetItem", "Query", "TransactWriteItems", ...writes],
  },
  {
    name: "a queue that is busy",
    strike: async () => refuses(400, "RequestThrottled"),
    operations: ["SendMessage"],
  },
  {
    name: "too many mails",
    strike: async () => refuses(429, "TooManyRequestsException"),
    operations: ["SendEmail"],
  },
  { name: "an error of the server", strike: async () => refuses(500, "InternalServerError") },
  { name: "a 503 without a word", strike: async () => says(503, "") },
];

/** What others do to the same items at the same time. */
export const collisions: readonly Fault[] = [
  ...["TransactionConflict", "ProvisionedThroughputExceeded", "ThrottlingError"].map(
    (code): Fault => ({
      name: `a transaction canceled for ${code}`,
      strike: async (attempt) => cancels(attempt, code),
      operations: ["TransactWriteItems"],
    }),
  ),
  {
    name: "another's transaction on its item",
    strike: async () => refuses(400, "TransactionConflictException"),
    operations: writes,
  },
  {
    name: "its own transaction, still under way",
    strike: async () => refuses(400, "TransactionInProgressException"),
    operations: ["TransactWriteItems"],
  },
];

/** The network, and the request is not through. */
export const unreached: readonly Fault[] = [
  { name: "a reset of the connection", strike: () => Promise.reject(broken("ECONNRESET")) },
  { name: "a time-out", strike: () => Promise.reject(broken("ETIMEDOUT")) },
];

/** The network, and the request is through in the end. */
export const delays: readonly Fault[] = [
  {
    name: "a delay",
    strike: async (_, send) => {
      for (let turns = 0; turns < 20; turns += 1) await turn();
      return send();
    },
  },
];

/** Others that look much like a refusal, or a network. */
export const variants: readonly Fault[] = [
  { name: "throttling", strike: async () => refuses(400, "ThrottlingException") },
  { name: "a 503 of something in between", strike: async () => says(503, "<p>busy</p>", "text/html") },
  { name: "a connection refused", strike: () => Promise.reject(broken("ECONNREFUSED")) },
  { name: "a name that does not resolve", strike: () => Promise.reject(broken("EAI_AGAIN")) },
];

/** The network on the way back: what was asked for is done. */
export const lostAnswers: readonly Fault[] = [
  {
    name: "a reset before its answer",
    strike: async (_, send) => {
      await unheard(send);
      throw broken("ECONNRESET");
    },
  },
  {
    name: "an error of the server after the work",
    strike: async (_, send) => {
      await unheard(send);
      return refuses(500, "InternalServerError");
    },
  },
  {
    name: "an answer that breaks off",
    strike: async (_, send) => ({ ...(await unheard(send)), body: breakingOff() }),
  },
];

/** Answers that say nothing. */
export const nonsense: readonly Fault[] = [
  {
    name: "half a document",
    strike: async (_, send) => {
      await unheard(send);
      return says(200, '{"Item":{"pk":{"S":"us');
    },
  },
  { name: "a page in place of a document", strike: async () => says(200, "<p>hello</p>", "text/html") },
  {
    name: "keys left for later",
    strike: async ({ body }) =>
      says(200, JSON.stringify({ Responses: {}, UnprocessedKeys: body["RequestItems"] })),
    operations: ["BatchGetItem"],
  },
];
