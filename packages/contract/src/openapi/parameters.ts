import { examplesOf } from "../examples/index.ts";
import type { Route } from "../route.ts";
import type { Parameter, Reference } from "./types.ts";

/** What is sent beside the body. */
export function parametersOf(route: Route): readonly (Parameter | Reference)[] {
  return [
    ...parametersIn("path", route),
    ...parametersIn("query", route),
    ...(route.idempotent ? [{ $ref: "#/components/parameters/IdempotencyKey" }] : []),
  ];
}

export const parameterComponents: Readonly<Record<string, Parameter>> = {
  IdempotencyKey: {
    name: "Idempotency-Key",
    in: "header",
    required: false,
    description:
      "Made anew for each operation, best a UUID, and sent again with each try of it: it is done once and every try gets its answer.",
    schema: { type: "string", minLength: 1, maxLength: 255, pattern: "^[\\x21-\\x7e]+$" },
    example: "5f0d3c1e-6a52-4d0b-9a0e-2f6f6b1f7c11",
  },
};

interface Described {
  readonly properties: Readonly<Record<string, { readonly description: string }>>;
  readonly required?: readonly string[];
}

function parametersIn(place: "path" | "query", route: Route): Parameter[] {
  const described = (place === "path" ? route.params : route.query) as Described | undefined;
  const sent = examplesOf(route.name).map(([, { params, query }]) => (place === "path" ? params : query));
  return Object.entries(described?.properties ?? {}).map(([name, { description, ...schema }]) => ({
    name,
    in: place,
    required: described?.required?.includes(name) ?? false,
    description,
    schema,
    example: String(sent.map((values) => values?.[name]).find((value) => value !== undefined)),
  }));
}
