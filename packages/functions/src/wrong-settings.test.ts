import { routes } from "@gatehouse/contract";
import { afterEach, describe, expect, it, vi } from "vitest";
import { handlerOf } from "../test/handler-of.ts";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

/** What a deployment might have lost or mistyped, and each of which would weaken what is checked or promised. */
const mistakes: [key: string, value: string | undefined][] = [
  ["ISSUER", undefined],
  ["ISSUER", "undefined"],
  ["AUDIENCE", ""],
  ["TABLE_NAME", undefined],
  ["SECRETS", "undefined"],
  ["PASSWORD_COST", "8"],
  ["ALLOWED_ORIGINS", "*"],
];

describe.each([...Object.keys(routes), "authorizer", "worker"])("the function %s", (name) => {
  it("does not load with a setting that is missing or wrong, and names it", async () => {
    for (const [key, value] of mistakes) {
      vi.stubEnv(key, value);
      vi.resetModules();
      await expect(handlerOf(name)).rejects.toThrow(new RegExp(`^${key}: `));
      vi.unstubAllEnvs();
    }
    vi.resetModules();
    await expect(handlerOf(name)).resolves.toBeTypeOf("function");
  });
});
