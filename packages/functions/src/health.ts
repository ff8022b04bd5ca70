import { routes } from "@gatehouse/contract";
import { handle } from "./handle.ts";

export const handler = handle(routes.health, () => ({ status: "ok" as const }));
