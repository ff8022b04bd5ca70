import { parseRouteKey, type RouteKey, type Segment, shapeOf } from "./route-key.ts";

const DEFAULT = "$default";

export interface RouteMatch<R> {
  readonly route: R;
  /** As the route key has it: `/pets/{id}`, or `$default`. */
  readonly resource: string;
  readonly pathParameters: Readonly<Record<string, string>> | undefined;
}

/** Finds the route of a request. `segments` are the path's, percent-decoded one by one. */
export type Router<R> = (method: string, segments: readonly string[]) => RouteMatch<R> | undefined;

/**
 * Orders routes once, then takes the first that matches: full matches before greedy ones before `$default`,
 * literals before variables from left to right, a method before `ANY` (API Gateway developer guide, "Routing
 * API requests"). Throws an `Error` for two routes that answer the same requests.
 */
export function createRouter<R extends { readonly routeKey: string }>(routes: readonly R[]): Router<R> {
  const seen = new Map<string, string>();
  const ordered: { route: R; key: RouteKey; pattern: string }[] = [];
  let fallback: R | undefined;

  for (const route of routes) {
    const key = route.routeKey === DEFAULT ? undefined : parseRouteKey(route.routeKey);
    const shape = key ? shapeOf(key) : DEFAULT;
    const other = seen.get(shape);
    if (other !== undefined) throw new Error(`route keys "${other}" and "${route.routeKey}" are duplicates`);
    seen.set(shape, route.routeKey);
    if (key) ordered.push({ route, key, pattern: specificity(key) });
    else fallback = route;
  }
  ordered.sort((a, b) => Number(a.pattern > b.pattern) - Number(a.pattern < b.pattern));

  return (method, segments) => {
    for (const { route, key } of ordered) {
      if (key.method !== "ANY" && key.method !== method) continue;
      const variables = matchSegments(key.segments, segments);
      if (!variables) continue;
      const pathParameters = variables.length > 0 ? Object.fromEntries(variables) : undefined;
      return { route, resource: key.path, pathParameters };
    }
    return fallback && { route: fallback, resource: DEFAULT, pathParameters: undefined };
  };
}

/** Sorts before what is less specific: greedy or not, then each segment's kind, then the method. */
function specificity({ method, segments }: RouteKey): string {
  const rank = { literal: "0", variable: "1", greedy: "2" };
  const isGreedy = segments.at(-1)?.kind === "greedy";
  const kinds = segments.map(({ kind }) => rank[kind]).join("");
  return `${isGreedy ? "1" : "0"} ${kinds} ${method === "ANY" ? "1" : "0"}`;
}

function matchSegments(
  template: readonly Segment[],
  segments: readonly string[],
): [name: string, value: string][] | undefined {
  const variables: [string, string][] = [];
  for (const [index, expected] of template.entries()) {
    const actual = segments[index];
    if (actual === undefined) return undefined;
    if (expected.kind === "greedy") {
      const rest = segments.slice(index).join("/");
      return rest === "" ? undefined : [...variables, [expected.name, rest]];
    }
    if (expected.kind === "literal" ? expected.text !== actual : actual === "") return undefined;
    if (expected.kind === "variable") variables.push([expected.name, actual]);
  }
  return segments.length === template.length ? variables : undefined;
}
