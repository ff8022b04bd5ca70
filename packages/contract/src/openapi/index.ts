import type { Route } from "../route.ts";
import { routes } from "../routes.ts";
import { scopes } from "../scopes.ts";
import { introduction } from "./introduction.ts";
import { tags } from "./notes.ts";
import { operationOf } from "./operation.ts";
import { parameterComponents } from "./parameters.ts";
import { problemExamples, responseComponents } from "./problems.ts";
import { schemaComponents } from "./schemas.ts";
import { securitySchemes } from "./security.ts";
import type { Operation } from "./types.ts";

export { type AnyExchange, type Exchange, examples, examplesOf } from "../examples/index.ts";
export { meanings } from "./named.ts";
export type { MediaType, Operation, Reference, Response } from "./types.ts";

/** Of Gatehouse; a test holds it to package.json. */
const version = "0.1.0";

/**
 * The whole API as an OpenAPI 3.1 document: routes, bodies, examples, and every error by status and code. It is made of
 * the route table alone, so it says what the handlers are held to.
 *
 * @param serverUrl where the API is, without a slash at the end: `https://auth.example.com`
 */
export function openApiDocument(serverUrl: string) {
  const table = Object.values<Route>(routes);
  return {
    openapi: "3.1.1",
    info: {
      title: "Gatehouse",
      version,
      summary:
        "Register, log in, stay logged in, and prove who you are to every other API behind the gateway.",
      description: introduction(scopes),
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: serverUrl }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths: pathsOf(table),
    components: {
      schemas: schemaComponents(),
      responses: responseComponents(table),
      parameters: parameterComponents,
      examples: problemExamples(serverUrl),
      securitySchemes,
    },
  };
}

function pathsOf(table: readonly Route[]): Record<string, Record<string, Operation>> {
  const byPath = Map.groupBy(table, ({ path }) => path as string);
  return Object.fromEntries(
    Array.from(byPath, ([path, ofPath]) => [
      path,
      Object.fromEntries(ofPath.map((route) => [route.method.toLowerCase(), operationOf(route)])),
    ]),
  );
}
