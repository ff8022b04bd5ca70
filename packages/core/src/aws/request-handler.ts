import { NodeHttpHandler } from "@smithy/node-http-handler";
import { deadline } from "../deadline.ts";

/**
 * A transport for an SDK client that gives up in time: without it a silent network would hold a function to its end.
 * These times are for one try, until its answer begins; the deadline is for all that one request comes to.
 */
export function requestHandler(): NodeHttpHandler {
  return new Transport({ connectionTimeout: 1000, requestTimeout: 2000, throwOnRequestTimeout: true });
}

class Transport extends NodeHttpHandler {
  override handle(...[request, options]: Parameters<NodeHttpHandler["handle"]>) {
    const abortSignal = deadline();
    return super.handle(request, abortSignal ? { ...options, abortSignal } : options);
  }
}
