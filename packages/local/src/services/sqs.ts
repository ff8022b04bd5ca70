import { md5Of } from "../queue/index.ts";
import { AwsError } from "./aws-error.ts";
import { type JsonObject, namesBeside } from "./json-object.ts";

/** Takes a message and answers its id. */
export type Send = (body: string, options: { readonly delaySeconds: number }) => string;

/** SQS developer guide, "Amazon SQS message quotas": 1 MiB, and 15 minutes of delay. */
const LARGEST_BODY = 1_048_576;
const LONGEST_DELAY_SECONDS = 900;

/** The characters outside of XML 1.0's (the same page): a message with one is refused. */
const forbidden = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

/** SQS API reference, "SendMessage", for a standard queue and without message attributes. */
export function sendMessage(input: JsonObject, queueUrl: string, send: Send): JsonObject {
  const [unknown] = namesBeside(input, ["QueueUrl", "MessageBody", "DelaySeconds"]);
  if (unknown) throw invalid(`${unknown} is not emulated.`);
  const { QueueUrl, MessageBody: body, DelaySeconds: delaySeconds = 0 } = input;
  if (QueueUrl !== queueUrl) {
    throw new AwsError("QueueDoesNotExist", "The specified queue does not exist.", {
      queryCode: "AWS.SimpleQueueService.NonExistentQueue",
    });
  }
  if (typeof body !== "string" || body === "") {
    throw new AwsError("MissingParameter", "The request must contain the parameter MessageBody.");
  }
  if (Buffer.byteLength(body) > LARGEST_BODY) {
    throw invalid(
      `One or more parameters are invalid. Reason: Message must be shorter than ${LARGEST_BODY} bytes.`,
    );
  }
  if (forbidden.test(body)) {
    throw new AwsError("InvalidMessageContents", "The message contains characters outside the allowed set.");
  }
  if (!isDelay(delaySeconds)) {
    throw invalid(
      `Value ${delaySeconds} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= ${LONGEST_DELAY_SECONDS}.`,
    );
  }
  return { MessageId: send(body, { delaySeconds }), MD5OfMessageBody: md5Of(body) };
}

function isDelay(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= LONGEST_DELAY_SECONDS;
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterValueException", message, { queryCode: "InvalidParameterValue" });
}
