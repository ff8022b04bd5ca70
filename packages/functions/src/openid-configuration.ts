import { routes } from "@gatehouse/contract";
import * as Token from "@gatehouse/core/token";
import { handle } from "./handle.ts";

export const handler = handle(routes.openidConfiguration, () => Token.issuerMetadata());
