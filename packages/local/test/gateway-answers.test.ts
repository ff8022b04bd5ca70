import { openApiDocument, type Response } from "@gatehouse/contract/openapi";
import { expect, it } from "vitest";
import { Refusal, type RefusalStatus } from "../src/gateway/refusal.ts";

it("the document shows what the gateway here answers by itself, word for word", () => {
  const { responses } = openApiDocument("http://localhost:3000").components;
  const shown = Object.entries<Response>(responses).flatMap(([name, { content }]) => {
    const { gateway } = content?.["application/json"]?.examples ?? {};
    return gateway && "value" in gateway ? [[Number.parseInt(name, 10), JSON.stringify(gateway.value)]] : [];
  });
  const known = new Map(shown as [number, string][]);
  // Throttling is not emulated: docs/local-gateway.md.
  expect(known.get(429)).toBe('{"message":"Too Many Requests"}');
  known.delete(429);
  expect([...known.keys()].toSorted((one, other) => one - other)).toEqual([401, 403, 404, 413, 500, 503]);
  for (const [status, body] of known) expect(body).toBe(new Refusal(status as RefusalStatus).body);
});
