import { expect, test } from "vitest";
import { synthesise } from "./test/synthesise.ts";

interface Resource {
  readonly Properties?: unknown;
  readonly DependsOn?: string | readonly string[];
}

/** The names that a value refers to, by `Ref` or `Fn::GetAtt`, however deep. */
function namesIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  const { Ref, "Fn::GetAtt": attribute } = value as { Ref?: string; "Fn::GetAtt"?: readonly string[] };
  return [Ref, attribute?.[0]]
    .filter((name) => name !== undefined)
    .concat(Object.values(value).flatMap(namesIn));
}

/** A way from a resource back to itself, or nothing. */
function cycleIn(resources: Readonly<Record<string, Resource>>): readonly string[] {
  const done = new Set<string>();
  const visit = (name: string, path: readonly string[]): readonly string[] => {
    if (path.includes(name)) return [...path, name];
    const resource = resources[name];
    if (done.has(name) || !resource) return [];
    const { Properties, DependsOn = [] } = resource;
    for (const next of [...namesIn(Properties), ...[DependsOn].flat()]) {
      const found = visit(next, [...path, name]);
      if (found.length > 0) return found;
    }
    done.add(name);
    return [];
  };
  return (
    Object.keys(resources)
      .map((name) => visit(name, []))
      .find((path) => path.length > 0) ?? []
  );
}

// CloudFormation finds this out only when it deploys: "Circular dependency between resources".
test.each(["anna", "staging", "prod"])("no resource of %s waits for itself", (stage) => {
  for (const [name, template] of Object.entries(synthesise(stage))) {
    expect(cycleIn(template.toJSON()["Resources"]), name).toEqual([]);
  }
});

test("one that does is found", () => {
  const on = (name: string) => ({ Properties: { Deep: [{ Ref: name }] } });
  expect(
    cycleIn({ a: on("b"), b: { DependsOn: ["c"] }, c: { Properties: { "Fn::GetAtt": ["a", "Arn"] } } }),
  ).toEqual(["a", "b", "c", "a"]);
});
