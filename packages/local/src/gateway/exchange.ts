import { randomFillSync } from "node:crypto";
import type { GatewayRequest } from "./request.ts";
import type { RouteMatch } from "./router.ts";
import type { ApiIdentity, GatewayRoute } from "./types.ts";

/** A request that has found its route: what every event is made of. */
export interface Exchange {
  readonly api: ApiIdentity;
  readonly request: GatewayRequest;
  readonly body: Buffer;
  readonly match: RouteMatch<GatewayRoute>;
  readonly requestId: string;
  readonly traceId: string;
  /** Epoch milliseconds. */
  readonly receivedAt: number;
}

/** Drawn in advance, many at a time: each drawing asks the system. */
const pool = Buffer.alloc(4096);
let used = pool.length;

function randomText(bytes: number, encoding: "base64url" | "hex"): string {
  if (used + bytes > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += bytes;
  return pool.toString(encoding, used - bytes, used);
}

/** Looks like those of HTTP APIs: 15 characters and an equals sign. */
export function newRequestId(): string {
  return `${randomText(11, "base64url")}=`;
}

/** X-Ray developer guide, "Tracing header". */
export function newTraceId(receivedAt: number): string {
  const seconds = Math.floor(receivedAt / 1000).toString(16);
  return `Root=1-${seconds}-${randomText(12, "hex")}`;
}

/** `arn:aws:execute-api:{region}:{account}:{api}/{stage}/{METHOD}/{path}`, the path decoded and without the stage. */
export function routeArn({ api, request }: Exchange): string {
  const { region, accountId, apiId, stage } = api;
  const path = request.segments.join("/");
  return `arn:aws:execute-api:${region}:${accountId}:${apiId}/${stage}/${request.method}/${path}`;
}
