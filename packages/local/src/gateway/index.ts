export { below } from "./beside.ts";
export { createFetch } from "./fetch.ts";
export { type RunningGateway, startGateway } from "./gateway.ts";
export { pathAsSent } from "./request.ts";
export type {
  Beside,
  CorsConfiguration,
  GatewayAuthorizer,
  GatewayOptions,
  GatewayRoute,
  Invoke,
  RequestRecord,
} from "./types.ts";
