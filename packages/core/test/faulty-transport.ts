import type { Readable } from "node:stream";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { NodeHttpHandler } from "@smithy/node-http-handler";

/** One try of a call on its way out: below the retries of its client, and above the network. */
export interface Try {
  /** For example `GetItem`, `SendMessage`, `SendEmail` or `GetParameter`. */
  readonly operation: string;
  /** The same for every try of one call: those that its client makes, and those of a transaction that collided. */
  readonly call: string;
  readonly host: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** By the clock of the client, as `20260722T120000Z`. */
  readonly signedAt: string;
  /** Ends the try, where there is a deadline. */
  readonly signal: AbortSignal | undefined;
}

/** What a service answers, as it comes off the wire. */
export interface WireAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readable;
}

/** Decides on a try: `send` passes it on, and anything thrown is what becomes of the connection. */
export type Line = (attempt: Try, send: () => Promise<WireAnswer>) => Promise<WireAnswer>;

/** As much of a request and of the transport's options as a test needs. */
interface WireRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly path?: string;
  readonly body?: string | Uint8Array;
}

interface Options {
  readonly abortSignal?: AbortSignal;
}

type Handle = (
  this: NodeHttpHandler,
  request: WireRequest,
  options?: Options,
) => Promise<{ response: object }>;

const transport = NodeHttpHandler.prototype as unknown as { handle: Handle };

/** Has every AWS client of this process speak over a line while `run` runs, and answers what `run` answers. */
export async function overLine<T>(line: Line, run: () => Promise<T>): Promise<T> {
  const putBack = [await withoutRetryBudget(), overSdkLine(line), await overSlimLine(line)];
  try {
    return await run();
  } finally {
    for (const each of putBack) each();
  }
}

// What comes after the deadline is not even begun, and that each transport says itself.

function overSdkLine(line: Line): () => void {
  const { handle } = transport;
  transport.handle = async function (request, options) {
    const send = async () => (await handle.call(this, request, options)).response as WireAnswer;
    const signal = options?.abortSignal;
    return { response: await (signal?.aborted ? send() : line({ ...readTry(request), signal }, send)) };
  };
  return () => {
    transport.handle = handle;
  };
}

async function overSlimLine(line: Line): Promise<() => void> {
  // The one of the modules as they are now: a test may have loaded them anew.
  const { wire } = await import("../src/aws/wire.ts");
  const { send: pass } = wire;
  wire.send = async (request, signal) => {
    const send = async () => (await pass(request, signal)) as WireAnswer;
    return signal?.aborted ? send() : line({ ...readTry(request), signal }, send);
  };
  return () => {
    wire.send = pass;
  };
}

/**
 * A client stops to try again after some seventeen calls that failed, until others succeed: no two cases of a long test
 * would meet the same client. Call what it answers to have it count again.
 */
async function withoutRetryBudget(): Promise<() => void> {
  const { budget } = await import("../src/aws/retry.ts");
  const { costOf } = budget;
  budget.costOf = () => 0;
  const strategy: object = await new DynamoDBClient({ region: "none" }).config.retryStrategy();
  const prototype = Object.getPrototypeOf(strategy) as { getCapacityCost: () => number };
  const { getCapacityCost } = prototype;
  prototype.getCapacityCost = () => 0;
  return () => {
    budget.costOf = costOf;
    prototype.getCapacityCost = getCapacityCost;
  };
}

function readTry({ headers, path = "/", body = "" }: WireRequest): Omit<Try, "signal"> {
  const text = typeof body === "string" ? body : new TextDecoder().decode(body);
  const parsed = (text === "" ? {} : JSON.parse(text)) as Try["body"];
  const operation = headers["x-amz-target"]?.split(".").at(-1) ?? operations[path] ?? path;
  const call = parsed["ClientRequestToken"] ?? headers["amz-sdk-invocation-id"];
  const { host = "" } = headers;
  return { operation, call: String(call), host, body: parsed, signedAt: headers["x-amz-date"] ?? "" };
}

/** Of the service that names its operations by paths. */
const operations: Readonly<Record<string, string>> = { "/v2/email/outbound-emails": "SendEmail" };
