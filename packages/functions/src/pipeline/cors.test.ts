import { routes } from "@gatehouse/contract";
import { forgetConfig } from "@gatehouse/core/config";
import { afterEach, describe, expect, it, vi } from "vitest";
import { lambdaContext } from "../../test/call.ts";
import { eventOf } from "../../test/event.ts";
import { captureStdout } from "../../test/stdout.ts";
import { handle } from "../handle.ts";

captureStdout();

afterEach(() => {
  vi.unstubAllEnvs();
  forgetConfig();
});

/** The CORS headers of an answer to this origin, where these origins are allowed. */
async function corsHeaders(origin: string | undefined, allowed: string, fails = false) {
  vi.stubEnv("ALLOWED_ORIGINS", allowed);
  forgetConfig();
  const handler = handle(routes.health, () => {
    if (fails) throw new Error("on purpose");
    return { status: "ok" as const };
  });
  const { headers = {} } = await handler(eventOf({ headers: { origin } }), lambdaContext);
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => /^(?:access-control-|vary$)/i.test(name)),
  );
}

const granted = {
  "Access-Control-Allow-Credentials": "true",
  "Access-Control-Allow-Origin": "https://app.example.com",
  Vary: "Origin",
};

describe.each([
  ["an answer", false],
  ["an error", true],
])("%s", (_name, fails) => {
  it("may be read by an allowed origin, with credentials", async () => {
    expect(await corsHeaders("https://app.example.com", "https://app.example.com", fails)).toEqual(granted);
    const several = "https://www.example.com,https://app.example.com, http://localhost:5173";
    expect(await corsHeaders("https://app.example.com", several, fails)).toEqual(granted);
  });

  it.each([
    "https://evil.example",
    "https://appXexample.com",
    "https://app.example.com.evil.example",
    "https://evil-app.example.com",
    "http://app.example.com",
    "https://app.example.com:8443",
    "https://app.example.com/",
    "https://APP.example.com",
    "https://app.example.com, https://evil.example",
    "null",
    "*",
    "",
  ])("says no word to the origin %j, but that it depends on the origin", async (origin) => {
    expect(await corsHeaders(origin, "https://app.example.com", fails)).toEqual({ Vary: "Origin" });
  });

  it("says no word to a caller that is no page", async () => {
    expect(await corsHeaders(undefined, "https://app.example.com", fails)).toEqual({ Vary: "Origin" });
  });

  it("says nothing to anybody where no origin is allowed", async () => {
    expect(await corsHeaders("https://app.example.com", "", fails)).toEqual({});
  });
});

it.each(["*", "null", "https://*.example.com", "https://app.example.com/"])(
  "a stage that allows the origin %s does not start",
  async (origin) => {
    await expect(corsHeaders("https://app.example.com", origin)).rejects.toThrow("ALLOWED_ORIGINS");
  },
);
