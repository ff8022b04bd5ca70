import { expect, it } from "vitest";
import { arriveSteadily, keepTrying } from "./traffic.ts";

it("those who arrive do not wait for those before them", async () => {
  const all = Promise.withResolvers<void>();
  let arrived = 0;
  const visits = await arriveSteadily(5, 0, async (index) => {
    arrived += 1;
    if (arrived === 5) all.resolve();
    await all.promise;
    return index;
  });
  expect(visits).toEqual([0, 1, 2, 3, 4]);
});

it("so many are tried at a time and no more, up to the most", async () => {
  let underWay = 0;
  let mostUnderWay = 0;
  const tried = await keepTrying({ atOnce: 3, seconds: 600, most: 10 }, async (index) => {
    underWay += 1;
    mostUnderWay = Math.max(mostUnderWay, underWay);
    await Promise.resolve();
    underWay -= 1;
    return index;
  });
  expect(tried.toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(mostUnderWay).toBe(3);
});

it("none is tried once the time is over", async () => {
  expect(await keepTrying({ atOnce: 3, seconds: 0, most: 10 }, async (index) => index)).toEqual([]);
});
