export type { Operation } from "./operation.ts";
export { type Failure, type RunningServices, type ServicesOptions, startServices } from "./server.ts";
