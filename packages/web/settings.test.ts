import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { withSettings } from "./settings.ts";

const html = readFileSync(new URL("index.html", import.meta.url), "utf8");
const settings = { apiUrl: "https://api.example.com", transport: "bearer", appName: "Acme" } as const;

test("a page is told its settings in its head, in place of those it was built with", () => {
  const once = withSettings(html, { apiUrl: "", transport: "cookie", appName: "Other" });
  for (const before of [html, once]) {
    const filled = withSettings(before, settings);
    expect(filled).toContain(`<meta name="gatehouse-api-url" content="https://api.example.com"`);
    expect(filled).toContain(`<meta name="gatehouse-transport" content="bearer"`);
    expect(filled).toContain(`<meta name="gatehouse-app-name" content="Acme"`);
    expect(filled).toContain("<title>Acme</title>");
    expect(filled).not.toMatch(/Other|VITE_/);
  }
});

test("nothing in a setting is markup of the page", () => {
  const hostile = `"><script>alert(1)</script>&$1$&`;
  const filled = withSettings(html, { ...settings, appName: hostile });
  expect(filled).not.toContain("<script>alert");
  expect(filled).toContain("&#34;&#62;&#60;script&#62;alert(1)&#60;/script&#62;&#38;$1$&#38;");
});

test("a document without a place for a setting is refused", () => {
  expect(() => withSettings("<title></title>", settings)).toThrow("gatehouse-api-url");
});
