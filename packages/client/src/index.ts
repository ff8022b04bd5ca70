/** The typed client of a Gatehouse API, for browsers, Node and edge runtimes. docs/client.md is its guide. */
export type * from "./api.generated.ts";
export { type Client, createClient } from "./client.ts";
export { type ClientErrorCode, type ErrorCode, GatehouseError, isGatehouseError } from "./error.ts";
export type { Methods, ThrowingMethods, TokenErrorCode } from "./methods.ts";
export type { Failure, Result } from "./result.ts";
export type {
  CallOptions,
  ClientOptions,
  EndReason,
  IdempotentCallOptions,
  SessionState,
  TokenStorage,
} from "./types.ts";
