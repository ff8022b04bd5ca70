import aws4 from "aws4";
import type { Call, Service } from "./service.ts";
import { credentials } from "./surroundings.ts";
import type { WireRequest } from "./wire.ts";

interface Unsigned {
  readonly service: Service;
  readonly url: URL;
  readonly region: string;
  readonly call: Call;
  /** By the service's clock. */
  readonly date: Date;
  readonly number: number;
}

/** Signs one try (AWS Signature Version 4), with the credentials of this moment: Lambda renews them. */
export function signed({ service, url, region, call, date, number }: Unsigned): WireRequest {
  const { operation, body, id } = call;
  const { sessionToken, ...keys } = credentials();
  const headers = {
    host: url.host,
    "content-type": `application/x-amz-json-${service.jsonVersion}`,
    "content-length": String(Buffer.byteLength(body)),
    "x-amz-target": `${service.target}.${operation}`,
    "x-amz-date": date.toISOString().replace(/[-:]|\.\d+/g, ""),
    "amz-sdk-invocation-id": id,
    "amz-sdk-request": `attempt=${number}; max=${service.attempts}`,
    ...(sessionToken && { "x-amz-security-token": sessionToken }),
  };
  const request = { method: "POST", path: url.pathname, service: service.name, region, headers, body };
  aws4.sign(request, keys);
  return { url, headers: request.headers, body };
}
