import { expect, it } from "vitest";
import { ordersOf } from "./rounds.ts";

it("of any two kinds either comes first equally often", () => {
  const orders = ordersOf(4, 50);
  expect(orders).toHaveLength(50);
  for (const one of [0, 1, 2, 3]) {
    for (const other of [0, 1, 2, 3].filter((kind) => kind !== one)) {
      const firsts = orders.filter((order) => order.indexOf(one) < order.indexOf(other));
      expect(firsts).toHaveLength(25);
    }
  }
});

it("each round has every kind once", () => {
  for (const order of ordersOf(3, 20)) expect(order.toSorted()).toEqual([0, 1, 2]);
});

it("the orders are random: over many rounds each of the six occurs", () => {
  expect(new Set(ordersOf(3, 400).map(String)).size).toBe(6);
});

it("an odd number of rounds is made even", () => {
  expect(ordersOf(2, 5)).toHaveLength(6);
});
