const METHODS = "GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|ANY";
const ROUTE_KEY = new RegExp(`^(${METHODS}) (/\\S*)$`);
const SEGMENT = /^(?:\{(?<name>[\w.:-]+)(?<greedy>\+)?\}|(?<literal>[^{}]*))$/;

export type Segment =
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "variable"; readonly name: string }
  /** `{proxy+}`: one or more segments, always the last. */
  | { readonly kind: "greedy"; readonly name: string };

export interface RouteKey {
  /** A method or `ANY`. */
  readonly method: string;
  /** As written: `/pets/{id}`. */
  readonly path: string;
  readonly segments: readonly Segment[];
}

/** Reads `GET /pets/{id}`. Throws an `Error` that says what a route key looks like. */
export function parseRouteKey(routeKey: string): RouteKey {
  const [, method, path] = ROUTE_KEY.exec(routeKey) ?? [];
  if (method === undefined || path === undefined) {
    throw new Error(
      `route key "${routeKey}" should be $default, or one of ${METHODS.replaceAll("|", ", ")}, a space and a path`,
    );
  }
  const segments = path
    .split("/")
    .slice(1)
    .map((text) => parseSegment(text, routeKey));
  if (segments.slice(0, -1).some(({ kind }) => kind === "greedy")) {
    throw new Error(`route key "${routeKey}" has a greedy variable that is not at its end`);
  }
  return { method, path, segments };
}

/** What two routes may not have in common: the method and the path with its variables' names left out. */
export function shapeOf({ method, segments }: RouteKey): string {
  const shape = segments.map((segment) => {
    if (segment.kind === "literal") return segment.text;
    return segment.kind === "variable" ? "{}" : "{+}";
  });
  return `${method} /${shape.join("/")}`;
}

function parseSegment(text: string, routeKey: string): Segment {
  const { name, greedy, literal } = SEGMENT.exec(text)?.groups ?? {};
  if (name !== undefined) return { kind: greedy ? "greedy" : "variable", name };
  if (literal !== undefined) return { kind: "literal", text: literal };
  throw new Error(`route key "${routeKey}" has a segment "${text}" that is neither text nor a {variable}`);
}
