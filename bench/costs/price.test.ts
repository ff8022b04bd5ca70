import { expect, it } from "vitest";
import { readCounts } from "../costs.ts";
import { stored, usage } from "./model.ts";
import { billedSeconds, costOf, monthOf, total } from "./price.ts";
import { prices } from "./prices.ts";

const operation = {
  function: "login",
  requests: "BatchGetItem PutItem",
  reads: 5,
  writes: 3,
  entries: 1,
  hashes: 1,
  logBytes: 150,
  answerBytes: 1024 ** 3,
};

it("an operation costs what its requests, its time, its log and its answer cost", () => {
  // 1,769 MB are one processor: 1 + 2 * 0.5 + 75 ms of it, and two waits of 5 ms.
  expect(billedSeconds(operation)).toBeCloseTo(0.087, 5);
  const { gateway, lambda, dynamodb, logs, rest } = costOf(operation);
  expect(gateway * 1e6).toBeCloseTo(1);
  expect(lambda * 1e6).toBeCloseTo(0.2 + (0.087 * 1769 * 13.3334) / 1024);
  expect(dynamodb * 1e6).toBeCloseTo(5 * 0.125 + 3 * 0.625);
  // Ours, Lambda's and the gateway's lines, taken in once and kept for three months.
  expect(logs * 1e6).toBeCloseTo((1000 * 1e6 * (0.5 + 3 * 0.03)) / 1024 ** 3);
  expect(rest).toBeCloseTo(0.09);
});

it("a smaller function waits no longer, and computes longer", () => {
  const small = { ...operation, function: "refresh", hashes: 0 };
  expect(billedSeconds(small)).toBeCloseTo((2 * 1769) / 512 / 1000 + 0.01, 5);
});

it("the gateway bills neither the authorizer nor the worker, SES bills the mail", () => {
  expect(costOf({ ...operation, function: "authorizer" }).gateway).toBe(0);
  const worker = costOf({ ...operation, function: "worker", answerBytes: 0 });
  expect([worker.gateway, worker.rest * 1e6]).toEqual([0, expect.closeTo(160 + 3 * 0.4)]);
});

it("every operation is counted, and has its times a month", async () => {
  expect(Object.keys((await readCounts()).operations).toSorted()).toEqual(Object.keys(usage).toSorted());
});

it("a month grows with its users, but for what is there anyhow", async () => {
  const counts = await readCounts();
  const [one, ten] = [monthOf(1, counts), monthOf(10, counts)];
  expect(ten.dynamodb).toBeCloseTo(10 * one.dynamodb);
  expect(ten.storage).toBeCloseTo(10 * one.storage);
  expect(ten.fixed).toBe(one.fixed);
  expect(total(costOf(operation))).toBeGreaterThan(0);
  expect([monthOf(10_000, counts).cognito, monthOf(10_001, counts).cognito]).toEqual([
    0,
    prices.cognitoUser.dollars,
  ]);
});

it("what is stored names items that were measured", async () => {
  const { items } = await readCounts();
  for (const name of ["user", "login", "mark", "session", "event"]) expect(items[name]).toBeGreaterThan(50);
  expect(stored.accounts).toBeGreaterThan(0);
});
