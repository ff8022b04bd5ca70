/** Whichever part of the pipeline fails, and when: the answer is a problem document with every header of any other. */
import { routes } from "@gatehouse/contract";
import type { MiddlewareObj } from "@middy/core";
import { describe, expect, it, vi } from "vitest";
import { call } from "../test/call.ts";
import { captureStdout } from "../test/stdout.ts";

const stdout = captureStdout();

/** Every middleware, by its file and its name in there. */
const parts = [
  ["request-log", "requestLog"],
  ["security-headers", "securityHeaders"],
  ["cors", "cors"],
  ["error-mapper", "errorMapper"],
  ["json-body", "jsonBody"],
  ["validation", "validation"],
  ["page-guard", "pageGuard"],
  ["credential", "credential"],
  ["token-context", "tokenContext"],
] as const;

type Hook = "before" | "after";
type Factory = (...options: unknown[]) => MiddlewareObj;

/** As an error of the SDK comes, which Middy's own mapper would show. */
async function fail(): Promise<never> {
  throw Object.assign(new Error("Requested resource not found: Table: gatehouse-prod"), {
    name: "ResourceNotFoundException",
    statusCode: 400,
    expose: true,
  });
}

/** A handler whose pipeline has one part that fails in one hook, and is itself in every other. */
async function handlerWithFault(file: string, name: string, hook: Hook) {
  vi.resetModules();
  vi.doMock(`./pipeline/${file}.ts`, async (importOriginal) => {
    const original = await importOriginal<Record<string, Factory>>();
    const make = original[name] as Factory;
    return { ...original, [name]: (...options: unknown[]) => ({ ...make(...options), [hook]: fail }) };
  });
  const { handle } = await import("./handle.ts");
  vi.doUnmock(`./pipeline/${file}.ts`);
  return handle(routes.health, () => ({ status: "ok" as const }));
}

describe.each(parts)("a fault in the part %s", (file, name) => {
  it.each(["before", "after"] as const)("%s the handler is a bare 500 with every header", async (hook) => {
    const handler = await handlerWithFault(file, name, hook);
    const headers = { origin: "https://app.example.com" };
    const answer = await call(handler, { method: "GET", path: "/health", headers });
    expect([answer.status, answer.body.code]).toEqual([500, "internal_error"]);
    expect(answer.headers["access-control-allow-origin"]).toBe("https://app.example.com");
    expect(answer.text + JSON.stringify(answer.headers)).not.toMatch(/ResourceNotFound|gatehouse-prod|\.ts:/);
    // Told where it belongs.
    expect(stdout.text()).toContain("ResourceNotFoundException");
  });
});
