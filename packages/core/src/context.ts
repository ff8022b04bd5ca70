import { AsyncLocalStorage } from "node:async_hooks";

/** What is known of the request that is being answered: the gateway's word, and nothing a client can set. */
export interface RequestContext {
  readonly requestId: string;
  readonly sourceIp: string;
  /** At most 256 characters. */
  readonly userAgent?: string;
  /** The session of the token that the request came with; the authorizer vouched for it. */
  readonly sessionId?: string;
}

const contexts = new AsyncLocalStorage<RequestContext>();

/** Code that no request leads to, a script or a job, comes from one unknown source. */
const none: RequestContext = { requestId: "none", sourceIp: "unknown" };

/**
 * Runs something as part of a request. The throttle and the record of events ask for it wherever they are called, so
 * that nothing in between has to hand it on, and two requests under way at a time never see each other's.
 */
export function withRequest<T>(context: RequestContext, run: () => T): T {
  return contexts.run(context, run);
}

/** The request that the calling code is part of. */
export function currentRequest(): RequestContext {
  return contexts.getStore() ?? none;
}
