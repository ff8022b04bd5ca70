import { createHmac, createSecretKey, type KeyObject } from "node:crypto";
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
  new Signer(request, keys).sign();
  return { url, headers: request.headers, body };
}

/**
 * Signs by a key that is kept as a `KeyObject`. The package keeps it as bytes, which `createHmac` makes a key of anew with each
 * request: a sixth of what a read takes.
 */
class Signer extends aws4.RequestSigner {
  override signature(): string {
    const { secretAccessKey = "" } = this.credentials;
    const key = signingKey(secretAccessKey, [this.getDate(), this.region, this.service]);
    return createHmac("sha256", key).update(this.stringToSign()).digest("hex");
  }
}

type Scope = readonly [date: string, region: string, service: string];

/** The last of each service: they last a day, or as long as the credentials. */
const signingKeys = new Map<string, { readonly of: string; readonly key: KeyObject }>();

/** IAM guide, "Create a signed AWS API request", "Derive a signing key". */
function signingKey(secret: string, scope: Scope): KeyObject {
  const [, , service] = scope;
  const of = [secret, ...scope].join();
  const known = signingKeys.get(service);
  if (known?.of === of) return known.key;
  const key = [...scope, "aws4_request"].reduce(
    (key, part) => createSecretKey(createHmac("sha256", key).update(part).digest()),
    createSecretKey(`AWS4${secret}`, "utf8"),
  );
  signingKeys.set(service, { of, key });
  return key;
}
