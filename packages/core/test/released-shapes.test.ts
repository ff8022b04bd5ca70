/**
 * The shape of a stored item is a promise to the release after this one, and to the stage that is deployed while the
 * other one still runs. It changes on purpose only: with fixtures of the new shape (CONTRIBUTING.md, "Change an item").
 */
import { expect, it } from "vitest";
import { entities } from "./entities.ts";
import { type ItemShape, itemShapes } from "./item-shapes.ts";
import { releases } from "./releases.ts";

const released = releases.filter(({ shapes }) => shapes);
const newest = released.at(-1);
const today = await itemShapes();

/** All but the words: one more of those changes no item that is stored. */
function formsOf(shapes: Readonly<Record<string, ItemShape>>): object {
  return Object.fromEntries(Object.entries(shapes).map(([name, { words: _, ...form }]) => [name, form]));
}

it("the items of today have the shapes of the newest fixtures", () => {
  // Where this fails on purpose: node scripts/record-release.ts <version>
  expect(formsOf(today)).toEqual(formsOf(newest?.shapes ?? {}));
});

it.each(released)("every word that $name could store is still one", ({ shapes = {} }) => {
  for (const [name, { words }] of Object.entries(shapes)) {
    for (const [attribute, released] of Object.entries(words)) {
      const known = today[name]?.words[attribute]?.split(" ") ?? [];
      expect(known).toEqual(expect.arrayContaining(released.split(" ")));
    }
  }
});

it("the newest fixtures hold an item of every entity, and every attribute in one of them", async () => {
  for (const { model } of await entities()) {
    const items = newest?.items.filter((item) => item["__edb_e__"] === model.entity) ?? [];
    const names = new Set(items.flatMap((item) => Object.keys(item)));
    const attributes = Object.keys(newest?.shapes?.[model.entity]?.attributes ?? {});
    expect([model.entity, attributes.filter((name) => !names.has(name))]).toEqual([model.entity, []]);
    expect(attributes.length).toBeGreaterThan(0);
  }
});
