import { test, expect } from "vitest";
import { handler } from "./health.ts";
test("x", async () => { const r = await handler({ headers: {origin:"https://app.example.com"}, requestContext: { requestId: "r", http: {} }, body: "{" } as never, {} as never); console.log(r); expect(1).toBe(1) });
