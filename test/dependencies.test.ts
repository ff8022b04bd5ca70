/** What is installed is what was looked at: exact versions, none twice that checks a token, none that is known bad. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "..");

/** The part of the lockfile that lists each package once, with what its archive hashes to. */
const [, locked = ""] =
  /^packages:\n(.*?)^snapshots:\n/ms.exec(readFileSync(join(root, "pnpm-lock.yaml"), "utf8")) ?? [];

const versions = new Map<string, string[]>();
for (const [, name = "", version = ""] of locked.matchAll(/^ {2}'?((?:@[^@\n]+)?[^@\n]+)@([^:'\n]+)'?:$/gm)) {
  versions.set(name, [...(versions.get(name) ?? []), version]);
}

function isAtLeast(version: string, floor: string): boolean {
  return version.localeCompare(floor, "en", { numeric: true }) >= 0;
}

it.each([
  // CVE-2022-23529, -23539, -23540 and -23541 are of 8.5.1 and before.
  ["jsonwebtoken", "9.0.2"],
  // CVE-2025-65945: with 4.0.0 the signature of an HMAC may go unchecked.
  ["jws", "4.0.1"],
])("%s is at least %s", (name, floor) => {
  expect(versions.get(name)?.map((version) => isAtLeast(version, floor))).toEqual([true]);
});

it.each(["jsonwebtoken", "jws", "bcryptjs", "electrodb", "@middy/core", "typebox"])(
  "%s is there once, so that no second copy of it decides anything",
  (name) => {
    expect(versions.get(name)).toHaveLength(1);
  },
);

it("a version is compared number by number", () => {
  const order = ["8.5.1", "9.0.0", "9.0.2", "9.0.10", "9.1.0", "10.0.0"];
  for (const [index, version] of order.entries())
    expect(order.filter((floor) => isAtLeast(version, floor))).toEqual(order.slice(0, index + 1));
});

it("every package of the lockfile is known by the hash of its archive", () => {
  const resolutions = locked.match(/^ {4}resolution: .*$/gm) ?? [];
  expect(resolutions.length).toBeGreaterThan(500);
  expect(resolutions.filter((line) => !/\{integrity: sha512-[\w+/]{86}==\}$/.test(line))).toEqual([]);
});

it("what asks the registry for advisories is the package manager that package.json names", () => {
  const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const workflow = readFileSync(join(root, ".github/workflows/dependencies.yml"), "utf8");
  const commands = [...workflow.matchAll(/npx --yes (\S+) (\w+)/g)].map(
    ([, tool, verb]) => `${tool} ${verb}`,
  );
  expect(commands).toEqual([`${packageManager} audit`, `${packageManager} sbom`]);
});

it("what a bench compares us with is known by its hashes too, and comes from no registry of somebody's own", () => {
  const { packages } = JSON.parse(readFileSync(join(root, "bench/peers/package-lock.json"), "utf8")) as {
    packages: Readonly<Record<string, { readonly integrity?: string; readonly resolved?: string }>>;
  };
  const { "": itself, ...others } = packages;
  expect(itself).toBeDefined();
  for (const [path, { integrity, resolved }] of Object.entries(others)) {
    expect([path, integrity]).toEqual([path, expect.stringMatching(/^sha512-[\w+/]{86}==$/)]);
    // Without a place of its own each comes from the registry that npm is set to.
    expect([path, resolved]).toEqual([path, undefined]);
  }
});

const manifests = [
  "package.json",
  "bench/peers/package.json",
  ...globSync("packages/*/package.json", { cwd: root }),
];

it.each(manifests)("%s asks for exact versions", (file) => {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
    readFileSync(join(root, file), "utf8"),
  ) as Readonly<Record<string, Readonly<Record<string, string>>>>;
  const asked = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.filter(([, version]) => !/^(?:\d+\.\d+\.\d+|workspace:\*)$/.test(version))).toEqual([]);
});
