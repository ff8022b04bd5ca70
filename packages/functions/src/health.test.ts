import { expect, it } from "vitest";
import { call } from "../test/call.ts";
import { captureStdout } from "../test/stdout.ts";
import { handler } from "./health.ts";

captureStdout();

it("the health route says that the API runs, to anybody, whatever they send", async () => {
  for (const body of [undefined, "{", "x".repeat(50_000)]) {
    const answer = await call(handler, { method: "GET", path: "/health", body });
    expect([answer.status, answer.text]).toEqual([200, '{"status":"ok"}']);
  }
});
