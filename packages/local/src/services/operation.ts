import type { IncomingMessage } from "node:http";
import { AwsError } from "./aws-error.ts";

export type Operation = "SendMessage" | "SendEmail";

/** Bytes of the largest request that either takes (SES developer guide, "Service quotas": 40 MB). */
const LARGEST = 40 * 1024 * 1024;

/**
 * What a request asks for: SQS by its `X-Amz-Target` (AWS JSON 1.0), SES by method and path (restJson).
 *
 * @throws AwsError where it comes from a browser or asks for anything that is not emulated.
 */
export function readOperation({ method, url, headers }: IncomingMessage): Operation {
  if (headers.origin !== undefined || headers["sec-fetch-site"] !== undefined) {
    throw new AwsError("AccessDeniedException", "No browser may use this service.", { status: 403 });
  }
  if (!(Number(headers["content-length"] ?? Number.NaN) <= LARGEST)) {
    throw new AwsError("RequestEntityTooLarge", "The request has no length, or a larger one than 40 MB.", {
      status: 413,
    });
  }
  const target = headers["x-amz-target"];
  if (method === "POST" && target === "AmazonSQS.SendMessage") return "SendMessage";
  if (method === "POST" && target === undefined && url === "/v2/email/outbound-emails") return "SendEmail";
  const wanted = target ?? `${method} ${url}`;
  throw new AwsError(
    "UnknownOperationException",
    `${wanted} is not emulated: SQS SendMessage and SES v2 SendEmail are.`,
  );
}
