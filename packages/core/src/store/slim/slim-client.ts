import { randomUUID } from "node:crypto";
import { deadline } from "../../deadline.ts";
import type { DynamoDb, Operation } from "../dynamodb.ts";
import { watched } from "../tries.ts";
import { plain, typed } from "./attributes.ts";
import { openClock } from "./clock.ts";
import { comeBackAt, type Failure, failureOf, type Metadata, metadataOf, readObject } from "./failure.ts";
import { retrying } from "./retry.ts";
import { signed } from "./sign.ts";
import { endpoint } from "./surroundings.ts";
import { textOf, wire } from "./wire.ts";

/** A call as it is sent, the same with each try. */
interface Call {
  readonly operation: Operation;
  readonly body: string;
  /** Tells DynamoDB, and a log there, which tries are of one call. */
  readonly id: string;
}

interface Answered {
  readonly $metadata: Metadata;
}

/**
 * A client for what this service asks of DynamoDB and no more: one try is a request over a kept connection, signed with
 * the credentials of the environment. What it does not do, the SDK's does: `DYNAMODB_CLIENT=sdk`.
 */
export function slimClient(): DynamoDb {
  const { url, region } = endpoint();
  const clock = openClock();

  async function attempt({ operation, body, id }: Call, number: number): Promise<Answered> {
    const sent = clock.now();
    const request = signed({ url, region, operation, body, date: sent.date, id, number });
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

  return {
    async call(operation, given) {
      const input = withToken(operation, typed(operation, given));
      const call = { operation, body: JSON.stringify(input), id: randomUUID() };
      return retrying((number) =>
        watched({ operation, input }, async () => plain(operation, await attempt(call, number)) as never),
      );
    },
  };
}

/** A transaction without a token gets one, so that a try whose answer was lost is not written twice. */
function withToken(operation: Operation, input: ReturnType<typeof typed>): ReturnType<typeof typed> {
  if (operation !== "TransactWriteItems") return input;
  return { ...input, ClientRequestToken: input["ClientRequestToken"] ?? randomUUID() };
}
