import { afterAll, beforeAll } from "vitest";
import { recordRequests } from "../../../functions/test/dynamodb-requests.ts";
import { type InlineHouse, startInlineHouse } from "./inline-house.ts";
import { type Message, send } from "./send.ts";

/** What is recorded costs beside its transaction: where the record goes on, and that it did. */
export const recorded = ["GetItem", "TransactWriteItems", "PutItem"];

/** What is recorded and is no part of a transaction costs: where, the event itself, and that the record went on. */
export const recording = ["GetItem", "PutItem", "PutItem"];

/** A house for the tests of one file, whose requests to DynamoDB are counted at the SDK's client. */
export function countedHouse() {
  const requests = recordRequests();
  let house: InlineHouse;
  beforeAll(async () => {
    // What the worker asks for is no request's business.
    house = await startInlineHouse({ hasWorker: false });
  });
  afterAll(() => house.stop());
  const ask = (what: string, message: Message) => send(house.url, what, message);

  return {
    ask,
    /** What was asked of DynamoDB since the last look. */
    requests,
    /** The status of the answer, and what was asked of DynamoDB for it. */
    async costOf(what: string, message: Message): Promise<[number, ...string[]]> {
      const { status } = await ask(what, message);
      return [status, ...requests()];
    },
    /** How often the gateway has asked the authorizer. */
    authorizations: () => house.authorizations,
  };
}
