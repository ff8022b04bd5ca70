import aws4 from "aws4";
import type { Operation } from "../dynamodb.ts";
import { credentials } from "./surroundings.ts";
import type { WireRequest } from "./wire.ts";

interface Unsigned {
  readonly url: URL;
  readonly region: string;
  readonly operation: Operation;
  readonly body: string;
  /** By DynamoDB's clock. */
  readonly date: Date;
  readonly id: string;
  readonly number: number;
}

/** Signs one try (AWS Signature Version 4), with the credentials of this moment: Lambda renews them. */
export function signed({ url, region, operation, body, date, id, number }: Unsigned): WireRequest {
  const { sessionToken, ...keys } = credentials();
  const headers = {
    host: url.host,
    "content-type": "application/x-amz-json-1.0",
    "content-length": String(Buffer.byteLength(body)),
    "x-amz-target": `DynamoDB_20120810.${operation}`,
    "x-amz-date": date.toISOString().replace(/[-:]|\.\d+/g, ""),
    "amz-sdk-invocation-id": id,
    "amz-sdk-request": `attempt=${number}; max=3`,
    ...(sessionToken && { "x-amz-security-token": sessionToken }),
  };
  const request = { method: "POST", path: url.pathname, service: "dynamodb", region, headers, body };
  aws4.sign(request, keys);
  return { url, headers: request.headers, body };
}
