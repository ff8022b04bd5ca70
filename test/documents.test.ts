/** The documents name files that are there and link to headings that exist, and leave out no requirement. */
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");

function read(file: string): string {
  return readFileSync(join(root, file), "utf8");
}

/** As GitHub makes the anchor of a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(/\s/g, "-");
}

function anchorsOf(file: string): string[] {
  return [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => anchorOf(heading));
}

/** Where a link that stands in a file leads: the file, and the anchor in it. */
function leads(from: string, link: string): boolean {
  const [path = "", anchor] = link.split("#");
  const file = path === "" ? from : join(dirname(from), path);
  if (!existsSync(join(root, file))) return false;
  return anchor === undefined || anchorsOf(file).includes(anchor);
}

const documents = ["README.md", "CONTRIBUTING.md", "SECURITY.md", ...globSync("docs/**/*.md", { cwd: root })];

it.each(documents)("every link of %s leads somewhere", (file) => {
  const links = [...read(file).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
  const ours = links.filter((link) => !/^https?:/.test(link));
  expect(ours.filter((link) => !leads(file, link))).toEqual([]);
});

describe.each(["docs/asvs.md", "docs/security.md", "docs/operations.md"])("%s", (file) => {
  it("names tests that are there", () => {
    const named = [...read(file).matchAll(/`((?:packages|stacks|scripts|test)\/[^`\s]+)`/g)].map(
      ([, path = ""]) => path,
    );
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((path) => globSync(path, { cwd: root }).length === 0)).toEqual([]);
  });
});

describe("the table of OWASP ASVS 5.0.0", () => {
  const rows = [
    ...read("docs/asvs.md").matchAll(/^\| (\d+\.\d+\.\d+) \| (\d) \| .+? \| (.+?) \| (.+) \|$/gm),
  ];

  // Of levels 1 and 2, as released: those of level 3 are left out.
  const levelOne =
    "6.1.1 6.2.1 6.2.2 6.2.3 6.2.4 6.2.5 6.2.6 6.2.7 6.2.8 6.3.1 6.3.2 6.4.1 6.4.2 " +
    "7.2.1 7.2.2 7.2.3 7.2.4 7.4.1 7.4.2 9.1.1 9.1.2 9.1.3 9.2.1";
  const levelTwo =
    "6.1.2 6.1.3 6.2.9 6.2.10 6.2.11 6.2.12 6.3.3 6.3.4 6.4.3 6.4.4 6.5.1 6.5.2 6.5.3 6.5.4 6.5.5 6.6.1 6.6.2 " +
    "6.6.3 6.8.1 6.8.2 6.8.3 6.8.4 7.1.1 7.1.2 7.1.3 7.3.1 7.3.2 7.4.3 7.4.4 7.4.5 7.5.1 7.5.2 7.6.1 7.6.2 " +
    "9.2.2 9.2.3 9.2.4";

  it("has a row for every requirement of levels 1 and 2, once", () => {
    const ofLevel = (level: string) => rows.filter((row) => row[2] === level).map(([, number]) => number);
    expect(ofLevel("1")).toEqual(levelOne.split(" "));
    expect(ofLevel("2")).toEqual(levelTwo.split(" "));
    expect(rows).toHaveLength(60);
  });

  it("says of each how it stands, and shows what is met", () => {
    for (const [, number, , standing = "", shown = ""] of rows) {
      expect([number, standing]).toEqual([number, expect.stringMatching(/^(?:met|in part|not met|n\/a)$/)]);
      const shows = /\.test\.ts`|\]\([\w./#-]+\)/.test(shown);
      expect([number, standing !== "met" || shows]).toEqual([number, true]);
    }
  });
});
