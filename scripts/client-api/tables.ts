/** What the client needs to know of the contract when it runs. As little as there is: it is sent to every browser. */
import { errors, type Route, routes } from "@gatehouse/contract";
import { comment, fill } from "./layout.ts";

export function writeTables(): string[] {
  return [
    ...comment(
      "How each route is called: `sends` says where its input goes, `token` that it needs an access token, `idempotent` that it honours an `Idempotency-Key`.",
    ),
    "export const routes = {",
    ...Object.values<Route>(routes).map((route) => `  ${route.name}: ${entry(route)},`),
    "} as const;",
    "",
    ...comment("Every code that the API answers an error with."),
    "export const errorCodes = [",
    ...fill(
      Object.keys(errors).map((code) => `"${code}",`),
      "  ",
    ),
    "] as const;",
    "",
    ...comment(
      "A code of the API. It is stable: it is never renamed, and a `switch` over it goes on to work.",
    ),
    "export type ApiErrorCode = (typeof errorCodes)[number];",
  ];
}

function entry({ method, path, body, params, query, authorizer, idempotent }: Route): string {
  const sends = body ? "body" : params ? "path" : query ? "query" : undefined;
  const flags = [
    `method: "${method}"`,
    `path: "${path}"`,
    ...(sends ? [`sends: "${sends}"`] : []),
    ...(authorizer === "token" ? ["token: true"] : []),
    ...(idempotent ? ["idempotent: true"] : []),
  ];
  return `{ ${flags.join(", ")} }`;
}
