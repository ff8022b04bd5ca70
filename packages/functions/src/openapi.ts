import { routes } from "@gatehouse/contract";
import { openApiDocument } from "@gatehouse/contract/openapi";
import { config } from "@gatehouse/core/config";
import { handle } from "./handle.ts";

export const handler = handle(routes.openapi, () => openApiDocument(config().issuer));
