import { DynamoDBServiceException } from "@aws-sdk/client-dynamodb";
import { expect, it } from "vitest";
import { underFailure } from "../../test/requests.ts";
import * as Code from "../code/index.ts";
import { toAuthError } from "../error.ts";
import { newId } from "../id.ts";
import * as Idempotency from "../idempotency/index.ts";
import * as Throttle from "../throttle/index.ts";
import { deleteItems, readPartition } from "./partition.ts";

/** A file of its own, because the SDK of one process stops to try again after some twenty calls that failed. */
const person = { userId: newId(), epoch: 0 };

const operations: Record<string, () => Promise<unknown>> = {
  "make a code": () => Code.mint("verify_email", person, { email: "outage@example.com", jobId: newId() }),
  "read a link": () => Code.readLink("verify_email", `${newId()}.A`),
  "read typed digits": () => Code.readTyped("verify_email", newId(), "123456"),
  "count a mail": () => Throttle.countMail("192.0.2.1"),
  "count a mail nobody asked for": () => Throttle.mayMail("notice", "a@example.com"),
  "run an operation once": () =>
    Idempotency.once({ route: "register", key: newId(), request: {} }, async () => "done"),
  "read a partition": () => readPartition(`user#${newId()}`),
  "delete an item": () => deleteItems([{ pk: `user#${newId()}`, sk: "profile" }]),
};

function downForNow(): Error {
  const name = "InternalServerError";
  return new DynamoDBServiceException({
    name,
    $fault: "server",
    message: name,
    $metadata: { httpStatusCode: 500 },
  });
}

it.each(Object.entries(operations))(
  "a table that is down is asked three times to %s, and then is unavailable",
  async (_, run) => {
    const { requests, thrown } = await underFailure(downForNow, run);
    expect(toAuthError(thrown)).toMatchObject({ code: "unavailable", retryAfterSeconds: 1 });
    expect(requests).toBe(3);
  },
);
