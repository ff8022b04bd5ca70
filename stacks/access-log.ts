/**
 * What API Gateway writes of each request, the refused ones included, of which no function knows (API Gateway guide,
 * "Customize HTTP API access logs"). No header, no query and no path: the route says which, and a path may hold what
 * somebody pasted there. The address of the source is the one thing personal: without it nobody sees who floods the API;
 * it ends with the log.
 */
const fields = {
  requestId: "$context.requestId",
  time: "$context.requestTimeEpoch",
  routeKey: "$context.routeKey",
  status: "$context.status",
  latencyMs: "$context.responseLatency",
  responseBytes: "$context.responseLength",
  /** Which of its own refusals it is: THROTTLED, UNAUTHORIZED, ACCESS_DENIED and the like. */
  refusal: "$context.error.responseType",
  integrationStatus: "$context.integration.integrationStatus",
  integrationLatencyMs: "$context.integration.latency",
  integrationError: "$context.integration.error",
  /** The authorizer failed: a token that it refuses is ACCESS_DENIED and no error. Its status is not to be had here. */
  authorizerError: "$context.authorizer.error",
  sourceIp: "$context.identity.sourceIp",
} as const;

/** One JSON object a line. Every value is a text, because what a request does not have is written as a bare `-`. */
export const accessLogFormat = JSON.stringify(fields);
