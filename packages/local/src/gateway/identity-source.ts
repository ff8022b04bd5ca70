import type { Exchange } from "./exchange.ts";

/** Finds an identity source's value in a request; undefined where it is missing or empty. */
export type IdentitySource = (exchange: Exchange) => string | undefined;

/**
 * Reads a selection expression (API Gateway developer guide, "HTTP API Lambda authorizers", identity sources).
 * Throws an `Error` for one that is not supported.
 */
export function parseIdentitySource(expression: string): IdentitySource {
  const [, kind, name] =
    /^\$(request\.header|request\.querystring|context|stageVariables)\.(.+)$/.exec(expression) ?? [];
  const read = kind && name ? reader(kind, name) : undefined;
  if (!read) {
    throw new Error(
      `identity source "${expression}" should be $request.header.NAME, $request.querystring.NAME, $stageVariables.NAME or one of ${Object.keys(
        contextVariables,
      )
        .map((variable) => `$context.${variable}`)
        .join(", ")}`,
    );
  }
  return (exchange) => read(exchange) || undefined;
}

const contextVariables: Record<string, IdentitySource> = {
  routeKey: ({ match }) => match.route.routeKey,
  path: ({ request }) => request.path,
  httpMethod: ({ request }) => request.method,
  stage: ({ api }) => api.stage,
  apiId: ({ api }) => api.apiId,
  accountId: ({ api }) => api.accountId,
  "identity.sourceIp": ({ request }) => request.sourceIp,
  "identity.userAgent": ({ request }) => request.headers.get("user-agent")?.join(","),
};

function reader(kind: string, name: string): IdentitySource | undefined {
  switch (kind) {
    case "request.header": {
      // A Cookie header counts as a whole: any cookie that changes is another identity.
      const header = name.toLowerCase();
      return ({ request }) => request.headers.get(header)?.join(",");
    }
    case "request.querystring":
      return ({ request }) => request.query.get(name)?.join(",");
    case "stageVariables":
      return ({ api }) => api.stageVariables?.[name];
    default:
      return Object.hasOwn(contextVariables, name) ? contextVariables[name] : undefined;
  }
}
