import { expect, it } from "vitest";
import { brokenBy, figuresOf } from "./compare.ts";
import type { Sample, Samples } from "./samples.ts";

const sample = (cpu: number, requests = "GetItem Query", units = "2 reads, 0 writes"): Sample => ({
  cpu,
  wall: 2 * cpu,
  requests,
  units,
});

const samples = (...all: readonly Sample[]): Samples => new Map([["list", all.slice()]]);

const usual = samples(sample(1), sample(3), sample(2));

it("the CPU of an operation is told in times of the same with the fewest people, as medians", () => {
  const slower = samples(sample(3), sample(3), sample(9));
  const stages = [
    { people: 10, few: usual, many: usual },
    { people: 1000, few: usual, many: slower },
  ];
  const of = "with 10 people";
  expect(figuresOf(stages)).toEqual([
    { name: "list (2)", value: 3, unit: "ms", of, ratio: 1.5, wanted: "about 1" },
    { name: "all of them, with 10 people", value: 2, unit: "ms", of, ratio: 1, wanted: "about 1" },
    { name: "all of them on the clock, with 10 people", value: 4, unit: "ms", of, ratio: 1 },
    { name: "all of them, with 1,000 people", value: 3, unit: "ms", of, ratio: 1.5, wanted: "about 1" },
    { name: "all of them on the clock, with 1,000 people", value: 6, unit: "ms", of, ratio: 1.5 },
  ]);
});

it("of what was not done in every round the requests are told and no time", () => {
  const both: Samples = new Map([...usual, ["delete", [sample(50)]]]);
  const names = figuresOf([{ people: 10, few: both, many: both }]).map(({ name, value }) => [name, value]);
  expect(names).toContainEqual(["delete", 2]);
  expect(names).toContainEqual(["all of them, with 10 people", 2]);
});

it("a request more, or a unit more, is a broken promise whatever the times are", () => {
  const oneMore = samples(sample(2), sample(2, "GetItem Query Query"), sample(2));
  const scanned = samples(sample(2, "GetItem Query", "9 reads, 0 writes"));
  const slow = samples(sample(200));
  const stageOf = (people: number, many: Samples) => ({ people, few: usual, many });
  expect(brokenBy([stageOf(100, oneMore), stageOf(1000, scanned), stageOf(10_000, slow)])).toEqual([
    "list, with 100 people: GetItem Query Query (2 reads, 0 writes), else GetItem Query (2 reads, 0 writes)",
    "list, with 1,000 people: GetItem Query (9 reads, 0 writes), else GetItem Query (2 reads, 0 writes)",
  ]);
});
