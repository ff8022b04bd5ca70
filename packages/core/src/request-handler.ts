import { NodeHttpHandler } from "@smithy/node-http-handler";

/** A transport for an SDK client that gives up in time: without it a silent network would hold a function to its end. */
export function requestHandler(): NodeHttpHandler {
  return new NodeHttpHandler({ connectionTimeout: 1000, requestTimeout: 2000, throwOnRequestTimeout: true });
}
