import { surroundings } from "../config.ts";
import type { Service } from "./service.ts";

/** Whom requests are signed as. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | undefined;
}

/**
 * Where a service is: where the settings say, or else where every AWS client of this process would look for it (AWS SDKs
 * reference guide, "Service-specific endpoints").
 */
export function endpoint(service: Pick<Service, "name" | "endpoint">): {
  readonly url: URL;
  readonly region: string;
} {
  const environment = surroundings();
  const { AWS_REGION, AWS_ENDPOINT_URL, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS } = environment;
  if (!AWS_REGION) throw new Error("AWS_REGION is not set");
  const isIgnored = AWS_IGNORE_CONFIGURED_ENDPOINT_URLS === "true";
  const url =
    service.endpoint ||
    (!isIgnored && (environment[`AWS_ENDPOINT_URL_${service.name.toUpperCase()}`] || AWS_ENDPOINT_URL)) ||
    `https://${service.name}.${AWS_REGION}.amazonaws.com${AWS_REGION.startsWith("cn-") ? ".cn" : ""}`;
  return { url: new URL(url), region: AWS_REGION };
}

/** Lambda's own, as they are at the moment. */
export function credentials(): Credentials {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = surroundings();
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) {
    throw new Error(
      "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set; DYNAMODB_CLIENT=sdk looks elsewhere too",
    );
  }
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    sessionToken: AWS_SESSION_TOKEN || undefined,
  };
}
