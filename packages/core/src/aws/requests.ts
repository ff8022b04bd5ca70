import type { SendMessageCommandInput } from "@aws-sdk/client-sqs";
import type { GetParameterCommandInput, GetParameterCommandOutput } from "@aws-sdk/client-ssm";
import { config } from "../config.ts";
import { openService } from "./service.ts";

/** What is asked of AWS beside the table and mail. Errors are as the SDK has them, by their `name`. */
export interface Requests {
  /** Of the Systems Manager Parameter Store. It is tried three times. */
  getParameter(input: GetParameterCommandInput): Promise<GetParameterCommandOutput>;
  /** To a queue of SQS. With the tries of the table's client, two end well inside a function's 9 s. */
  sendMessage(input: SendMessageCommandInput): Promise<unknown>;
}

let opened: Promise<Requests> | undefined;

/** By the same client as the table: `DYNAMODB_CLIENT`. */
export function requests(): Promise<Requests> {
  opened ??= open();
  return opened;
}

async function open(): Promise<Requests> {
  if (config().dynamodbClient === "slim") return slimRequests();
  const { sdkRequests } = await import("./sdk-requests.ts");
  return sdkRequests();
}

/** The SDK's pause for all but DynamoDB. */
const pauseMilliseconds = 50;

export function slimRequests(): Requests {
  const { sqsEndpoint } = config();
  const parameters = openService({
    name: "ssm",
    target: "AmazonSSM",
    jsonVersion: "1.1",
    attempts: 3,
    pauseMilliseconds,
  });
  const queues = openService({
    name: "sqs",
    target: "AmazonSQS",
    jsonVersion: "1.0",
    attempts: 2,
    pauseMilliseconds,
    endpoint: sqsEndpoint,
  });
  return {
    getParameter: (input) => parameters("GetParameter", input),
    sendMessage: (input) => queues("SendMessage", input),
  };
}
