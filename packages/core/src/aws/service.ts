import { randomUUID } from "node:crypto";
import { deadline } from "../deadline.ts";
import { openClock } from "./clock.ts";
import { comeBackAt, type Failure, failureOf, type Metadata, metadataOf, readObject } from "./failure.ts";
import { openRetry } from "./retry.ts";
import { signed } from "./sign.ts";
import { endpoint } from "./surroundings.ts";
import { textOf, wire } from "./wire.ts";

/** One of AWS's services that speak JSON over one path (Smithy, "AWS JSON 1.0 protocol", and 1.1). */
export interface Service {
  /** As endpoints and signatures name it: `dynamodb`. */
  readonly name: "dynamodb" | "sqs" | "ssm";
  /** What stands before an operation in `X-Amz-Target`: `DynamoDB_20120810`. */
  readonly target: string;
  readonly jsonVersion: "1.0" | "1.1";
  /** How often a call is tried. */
  readonly attempts: number;
  /** The pause after a first failure, at most; the SDK has one for DynamoDB and another for the rest. */
  readonly pauseMilliseconds: number;
  /** Where it is, in place of where AWS clients look for it. */
  readonly endpoint?: string | undefined;
}

/** A call as it is sent, the same with each try. */
export interface Call {
  readonly operation: string;
  readonly body: string;
  /** Tells the service, and a log there, which tries are of one call. */
  readonly id: string;
}

export interface Answered {
  readonly $metadata: Metadata;
}

/**
 * Asks for one operation, such as `GetItem`, and answers what the service does, with `$metadata`. It throws what the SDK would:
 * errors with `name`, `$fault` and `$metadata`, or what Node says of the connection.
 *
 * @param input goes out as JSON.
 * @param attempt makes one try by what it is given, and may look at what comes of it.
 */
export type Ask = <Output extends object>(
  operation: string,
  input: object,
  attempt?: (send: () => Promise<Answered>) => Promise<Output & Answered>,
) => Promise<Output>;

/**
 * A client for what is asked of AWS here and no more: one try is a request over a kept connection, signed with the
 * credentials of the environment. What it does not do, the SDK does: `DYNAMODB_CLIENT=sdk`.
 */
export function openService(service: Service): Ask {
  const { url, region } = endpoint(service);
  const clock = openClock();
  const retrying = openRetry(service);

  async function send(call: Call, number: number): Promise<Answered> {
    const sent = clock.now();
    const request = signed({ service, url, region, call, date: sent.date, number });
    const answer = await wire.send(request, deadline());
    try {
      const text = await textOf(answer);
      if (answer.statusCode >= 300) throw failureOf(answer, text);
      const output = { ...readObject(text), $metadata: metadataOf(answer) };
      clock.set(answer, sent);
      return output;
    } catch (thrown) {
      const failure = thrown as Failure;
      const isCorrected = clock.set(answer, sent);
      const at = comeBackAt(answer);
      if (at !== undefined) failure.comeBackAt = at;
      failure.$metadata ??= metadataOf(answer);
      if (isCorrected) failure.$metadata.clockSkewCorrected = true;
      throw failure;
    }
  }

  return async (operation, input, attempt) => {
    const call = { operation, body: JSON.stringify(input), id: randomUUID() };
    return retrying((number) => {
      const once = () => send(call, number);
      return attempt ? attempt(once) : (once() as Promise<never>);
    });
  };
}
