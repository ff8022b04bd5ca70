import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

/** Who may import whom (docs/architecture.md, section 1). What is not listed may not. */
const allowed: Record<string, readonly string[]> = {
  contract: [],
  core: ["contract"],
  functions: ["core", "contract"],
  client: [],
  web: ["client"],
  local: ["contract", "core", "functions", "web"],
  // Of the pages only what their headers say: CloudFront has to say the same as the laptop.
  stacks: ["contract", "web"],
};

const root = join(import.meta.dirname, "..");
const importOf = /(?:from|import)\s*\(?\s*"([^"]+)"/g;

function sourcesOf(room: string): string[] {
  const folder = room === "stacks" ? join(root, "stacks") : join(root, "packages", room, "src");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => join(folder, file));
  // What serves the pages stands beside their sources, because it is no part of them.
  const beside =
    room === "web" ? readdirSync(join(folder, "..")).map((file) => join(folder, "..", file)) : [];
  return [...files, ...beside].filter((file) => /\.tsx?$/.test(file) && !file.includes(".test."));
}

function importsOf(file: string): string[] {
  return [...readFileSync(file, "utf8").matchAll(importOf)].map((match) => match[1] ?? "");
}

describe.each(Object.entries(allowed))("%s", (room, rooms) => {
  const files = sourcesOf(room);

  it("has files to look at", () => {
    expect(files.length).toBeGreaterThan(0);
  });

  it("imports only from the rooms it may know", () => {
    const ours = files.flatMap(importsOf).filter((name) => name.startsWith("@gatehouse/"));
    const known = new Set(ours.map((name) => name.split("/")[1]));
    expect([...known].filter((name) => !rooms.includes(name ?? ""))).toEqual([]);
  });

  it("reaches no other room by a path", () => {
    const paths = files.flatMap(importsOf).filter((name) => name.startsWith("."));
    expect(paths.filter((name) => /packages|stacks/.test(name))).toEqual([]);
  });

  if (room === "stacks") {
    it("takes nothing from the pages but their headers", () => {
      const sources = files.map((file) => readFileSync(file, "utf8"));
      const taken = sources.flatMap((text) => [...text.matchAll(/import (.+) from "@gatehouse\/web[^"]*"/g)]);
      expect(taken.map(([, names]) => names)).toEqual(["{ pageHeaders }"]);
    });
  }

  it("imports SST only where the stacks are", () => {
    const sst = files
      .flatMap(importsOf)
      .filter((name) => /^(?:sst|aws-cdk-lib|constructs)(?:\/|$)/.test(name));
    if (room !== "stacks") expect(sst).toEqual([]);
  });
});

it("no file of a package reads the environment but core's config", () => {
  const readers = ["contract", "core", "functions"]
    .flatMap(sourcesOf)
    .filter((file) => /process\.env/.test(readFileSync(file, "utf8")));
  expect(readers.map((file) => file.slice(root.length + 1))).toEqual(["packages/core/src/config.ts"]);
});
