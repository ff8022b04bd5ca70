export { type ErrorCode, type ErrorDefinition, errors, isErrorCode } from "./errors.ts";
export { type EventType, eventActors, eventTypes } from "./event-types.ts";
export { limits, type RouteLimit } from "./limits.ts";
export {
  type AnswerOf,
  type BodyOf,
  handlerFile,
  type Method,
  type ParamsOf,
  type ProtectedRoute,
  type PublicRoute,
  type QueryOf,
  type RefreshRoute,
  type Route,
} from "./route.ts";
export { errorsOf } from "./route-errors.ts";
export { type RouteName, routes } from "./routes.ts";
export {
  Accepted,
  Deletion,
  EmailChange,
  EmailConfirmation,
  EmailUndo,
  EmailVerification,
  ErasureReceipt,
  Export,
  MailRequest,
  PasswordChange,
  PasswordReset,
  Verified,
} from "./schemas/account.ts";
export { Event, EventList, EventQuery } from "./schemas/event.ts";
export { Health } from "./schemas/health.ts";
export { EcKey, IssuerMetadata, KeySet, PublicKey, RsaKey } from "./schemas/key.ts";
export { OpenApi } from "./schemas/openapi.ts";
export { FieldError, GatewayRefusal, Problem, ProblemType } from "./schemas/problem.ts";
export {
  Credentials,
  LoggedIn,
  Refreshed,
  RefreshRequest,
  Session,
  SessionList,
  SessionParams,
  SessionsEnded,
  Transport,
} from "./schemas/session.ts";
export { ProfileChange, Registration, User } from "./schemas/user.ts";
export { hasScope, type Scope, scopes, userScopes } from "./scopes.ts";
export { table } from "./table.ts";
