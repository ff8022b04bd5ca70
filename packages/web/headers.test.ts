import { expect, test } from "vitest";
import { pageHeaders } from "./headers.ts";

const directives = (options = {}) =>
  new Map(
    (pageHeaders(options)["content-security-policy"] ?? "").split("; ").map((directive) => {
      const [name = "", ...sources] = directive.split(" ");
      return [name, sources.join(" ")] as const;
    }),
  );

test("a page runs and shows its own files and nothing that stands in a document", () => {
  const policy = directives();
  expect(policy.get("default-src")).toBe("'none'");
  expect(policy.get("script-src")).toBe("'self'");
  expect(policy.get("style-src")).toBe("'self'");
  expect([...policy.values()].join(" ")).not.toMatch(/unsafe|data:|blob:|\*/);
});

test("nobody frames it, no form and no base leads away from it, and no text becomes markup", () => {
  const policy = directives();
  for (const name of ["frame-ancestors", "form-action", "base-uri"]) expect(policy.get(name)).toBe("'none'");
  expect(policy.get("require-trusted-types-for")).toBe("'script'");
  expect(policy.get("trusted-types")).toBe("'none'");
});

test("it asks its own origin, and the API where that is another one", () => {
  expect(directives().get("connect-src")).toBe("'self'");
  expect(directives({ apiUrl: "" }).get("connect-src")).toBe("'self'");
  expect(directives({ apiUrl: "https://api.example.com" }).get("connect-src")).toBe(
    "'self' https://api.example.com",
  );
});

test("no type is guessed, no address is told on, and no other window gets a handle on it", () => {
  expect(pageHeaders()).toMatchObject({
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
  });
});
