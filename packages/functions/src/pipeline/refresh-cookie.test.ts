import { forgetConfig } from "@gatehouse/core/config";
import { afterEach, describe, expect, it, vi } from "vitest";
import { clearedRefreshCookie, readRefreshCookies, refreshCookie } from "./refresh-cookie.ts";

afterEach(() => {
  vi.unstubAllEnvs();
  forgetConfig();
});

const attributesOf = (cookie: string) => cookie.slice(cookie.indexOf(";"), cookie.lastIndexOf(";"));

describe("the refresh cookie", () => {
  it("is of the host alone, secure, hidden from scripts, and lives as long as the token", () => {
    expect(refreshCookie("u.s.0.mac", 1_209_600)).toBe(
      "__Host-gatehouse-refresh=u.s.0.mac; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=1209600",
    );
  });

  it("is cleared with the attributes it was set with, else browsers would keep it", () => {
    expect(clearedRefreshCookie()).toBe(
      "__Host-gatehouse-refresh=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0",
    );
  });

  it.each(["Lax", "Strict", "None"])("may have SameSite=%s, set and cleared", (sameSite) => {
    vi.stubEnv("COOKIE_SAME_SITE", sameSite);
    forgetConfig();
    const [set, cleared] = [refreshCookie("t", 60), clearedRefreshCookie()];
    expect(set).toContain(`; SameSite=${sameSite};`);
    expect(attributesOf(cleared)).toBe(attributesOf(set));
  });

  it("stays within what browsers keep, with the longest token and life there are", () => {
    const longest = `${"7".repeat(26)}.${"4".repeat(28)}.${"9".repeat(9)}.${"x".repeat(43)}`;
    const cookie = refreshCookie(longest, 34_560_000);
    expect(Buffer.byteLength(cookie)).toBeLessThanOrEqual(4096);
    expect(34_560_000).toBeLessThanOrEqual(400 * 24 * 3600);
  });

  it("is found by its exact name, as often as it is there", () => {
    const cookies = ["a=1", "__Host-gatehouse-refresh=x=y", "__Host-gatehouse-refreshed=z"];
    expect(readRefreshCookies({ cookies })).toEqual(["x=y"]);
    expect(readRefreshCookies({ cookies: [...cookies, ...cookies] })).toEqual(["x=y", "x=y"]);
    expect(readRefreshCookies({})).toEqual([]);
  });
});
