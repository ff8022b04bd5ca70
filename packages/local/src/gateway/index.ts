export { createFetch } from "./fetch.ts";
export { type RunningGateway, startGateway } from "./gateway.ts";
export type {
  CorsConfiguration,
  GatewayAuthorizer,
  GatewayOptions,
  GatewayRoute,
  Invoke,
  RequestRecord,
} from "./types.ts";
