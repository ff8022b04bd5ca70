export { type Gatehouse, type GatehouseOptions, startGatehouse } from "./app.ts";
export {
  type CorsConfiguration,
  createFetch,
  type GatewayAuthorizer,
  type GatewayOptions,
  type GatewayRoute,
  type RunningGateway,
  startGateway,
} from "./gateway/index.ts";
export { createFunction, type FunctionOptions, type LocalFunction } from "./lambda/index.ts";
export type { Mail, Mailbox } from "./mailbox/index.ts";
export { createQueue, type DeadLetter, type Queue, type QueueOptions, type SqsEvent } from "./queue/index.ts";
export { StartError } from "./start-error.ts";
