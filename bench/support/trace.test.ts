import { expect, it } from "vitest";
import { traceOf } from "./trace.ts";

const answer = (change: object = {}) => ({
  status: 401,
  headers: [
    ["content-type", "application/problem+json"],
    ["apigw-requestid", "q8Xa_0-sT2rVbnM="],
    ["date", "Mon, 23 Nov 2026 20:39:53 GMT"],
  ] as const,
  body: '{"instance":"urn:request:q8Xa_0-sT2rVbnM=","code":"invalid_credentials"}',
  ...change,
});
const trace = traceOf(answer(), "one@example.com");

it("two requests with the same answer leave the same trace", () => {
  const another = answer({
    headers: [
      ["content-type", "application/problem+json"],
      ["apigw-requestid", "AAAAAAAAAAAAAAA="],
      ["date", "Mon, 23 Nov 2026 20:39:54 GMT"],
    ],
    body: '{"instance":"urn:request:AAAAAAAAAAAAAAA=","code":"invalid_credentials"}',
  });
  expect(traceOf(another, "two@example.com")).toBe(trace);
});

it("an account's id, email and time leave none", () => {
  const told = (id: string, email: string, at: string) =>
    traceOf(answer({ body: JSON.stringify({ id, email, createdAt: at }) }), email);
  expect(told("01m84h2eb8xe5d3crb1t8t8cma", "one@example.com", "2026-11-23T15:40:53.480Z")).toBe(
    told("01m84h2eb8xe5d3crb1t8t8cmb", "two@example.com", "2026-11-23T15:40:53.481Z"),
  );
});

it.each([
  ["status", { status: 403 }],
  ["code", { body: answer().body.replace("credentials", "token") }],
  ["order of the headers", { headers: answer().headers.toReversed() }],
  ["header's value", { headers: [["content-type", "text/plain"], ...answer().headers.slice(1)] }],
  ["missing header", { headers: answer().headers.slice(0, 2) }],
  ["further header", { headers: [...answer().headers, ["retry-after", "1"]] }],
])("another %s leaves another", (_, change) => {
  expect(traceOf(answer(change), "one@example.com")).not.toBe(trace);
});

it("how long to wait may differ, whether to wait may not", () => {
  const waiting = (seconds: string) =>
    traceOf(answer({ headers: [["retry-after", seconds]] }), "one@example.com");
  expect(waiting("1")).toBe(waiting("2"));
});
