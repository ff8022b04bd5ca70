import type { SQSEvent } from "aws-lambda";
import { expect } from "vitest";
import { newId } from "../../packages/core/src/id.ts";
import { type Line, overLine, type Try } from "../../packages/core/test/faulty-transport.ts";
import { handler as authorizer } from "../../packages/functions/src/authorizer.ts";
import { handler as worker } from "../../packages/functions/src/worker.ts";
import { recordedEvent } from "../../packages/functions/test/authorizer-events.ts";
import type { kinds } from "../../packages/functions/test/faults/jobs.ts";
import { newPerson } from "../../packages/functions/test/people.ts";
import { eventOf } from "../../packages/local/src/queue/event.ts";
import { newMessage } from "../../packages/local/src/queue/message.ts";

/** The calls that something makes to AWS. */
async function callsOf(run: () => Promise<void>): Promise<Try[]> {
  const calls: Try[] = [];
  const listen: Line = (attempt, send) => {
    calls.push(attempt);
    return send();
  };
  await overLine(listen, run);
  return calls;
}

/** Asked for a live token. For another it asks the same, or nothing. */
export async function callsOfAuthorizer(): Promise<Try[]> {
  const { token } = await newPerson();
  return callsOf(async () => {
    const { policyDocument } = await authorizer(recordedEvent("HTTP REQUEST 2.0", `Bearer ${token}`));
    expect(policyDocument.Statement[0]?.Effect).toBe("Allow");
  });
}

/** Of the worker, for a job that has something to do. */
export async function callsOfJob({ kind, prepare }: (typeof kinds)[number]): Promise<Try[]> {
  const job = { id: newId(), kind, ...(await prepare(await newPerson())) };
  const message = { ...newMessage(JSON.stringify(job)), receiveCount: 1 };
  const event = eventOf([message], "arn:aws:sqs:eu-central-1:123456789012:jobs") as unknown as SQSEvent;
  return callsOf(async () => {
    expect(await worker(event, { getRemainingTimeInMillis: () => 30_000 })).toEqual({
      batchItemFailures: [],
    });
  });
}
