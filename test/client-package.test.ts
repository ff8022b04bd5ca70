/** The client as npm would have it: packed, unpacked into projects of other people, and looked at there. */
import { execFile } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildClient, packClient } from "../scripts/client-package/build.ts";
import { limitBytes, measureClient } from "../scripts/client-package/size.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "..");

let temporary: string;
let archive: string;
let unpacked: string;

beforeAll(async () => {
  temporary = await mkdtemp(join(tmpdir(), "gatehouse-package-"));
  const built = join(temporary, "built");
  await buildClient(built, { GITHUB_SERVER_URL: "https://github.com", GITHUB_REPOSITORY: "somebody/theirs" });
  archive = await packClient(built, temporary);
  await run("tar", ["-xzf", archive, "-C", temporary]);
  unpacked = join(temporary, "package");
});

afterAll(() => rm(temporary, { recursive: true }));

function read(pattern: string): [file: string, text: string][] {
  return globSync(pattern, { cwd: unpacked }).map((file) => [
    file,
    readFileSync(join(unpacked, file), "utf8"),
  ]);
}

describe("the package", () => {
  it("holds what was compiled, the licence, the README and nothing else", () => {
    const files = globSync("**/*", { cwd: unpacked });
    expect(files).toEqual(
      expect.arrayContaining(["LICENSE", "README.md", "package.json", "index.js", "index.d.ts", "server.js"]),
    );
    const others = files.filter((file) => !/^[a-z.-]+\.(?:js|d\.ts)$/.test(file));
    expect(others.toSorted()).toEqual(["LICENSE", "README.md", "package.json"]);
  });

  it("imports its own files only", () => {
    const texts = read("*.{js,d.ts}");
    const imported = texts.flatMap(([, text]) =>
      [...text.matchAll(/(?:from |import\(|import )"([^"]+)"/g)].map(([, name = ""]) => name),
    );
    expect(imported.length).toBeGreaterThan(10);
    const known = new Set(texts.map(([file]) => `./${file}`));
    expect(imported.filter((name) => !known.has(name))).toEqual([]);
  });

  it("needs no other package, and is not kept from the public", async () => {
    const manifest = JSON.parse(await readFile(join(unpacked, "package.json"), "utf8"));
    expect(manifest).toMatchObject({
      name: "@gatehouse/client",
      type: "module",
      sideEffects: false,
      publishConfig: { access: "public", provenance: true },
      repository: { url: "git+https://github.com/somebody/theirs.git", directory: "packages/client" },
    });
    for (const key of ["private", "dependencies", "peerDependencies", "devDependencies", "scripts"])
      expect(manifest).not.toHaveProperty(key);
  });

  it("says in its declarations what everything is that it exports", () => {
    const entries = read("{index,server}.d.ts").map(([, text]) => text);
    const named = entries.flatMap((text) =>
      [...text.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].flatMap(([, names = ""]) =>
        names.split(",").map((name) => name.replace(/\btype\b/, "").trim()),
      ),
    );
    const whole = read("{server,api.generated}.d.ts").map(([file]) => file);
    const bare = read("*.d.ts").flatMap(([file, text]) =>
      [...text.matchAll(/^(.*)(?=\nexport (?:declare )?(?:interface|type|class|function|const) (\w+))/gm)]
        .filter(
          ([, before = "", name = ""]) =>
            !before.endsWith("*/") && (whole.includes(file) || named.includes(name)),
        )
        .map(([, , name]) => name),
    );
    expect(named).toContain("createClient");
    expect(bare).toEqual([]);
  });

  it("is as publint would have it", async () => {
    const { messages } = await publint({ pkgDir: unpacked, pack: false, strict: true });
    expect(messages).toEqual([]);
  });

  it("has the types that every way of importing it looks for", async () => {
    const analysis = await checkPackage(createPackageFromTarballData(await readFile(archive)));
    if (!analysis.types) throw new Error("The package has no types");
    // ES modules only: from CommonJS it is reached by import(), or by require() since Node 20.19. TypeScript's node10 is
    // the resolution of before `exports`, which knows no entry but the main one; bundlers and Node left it behind.
    const meant = ({ kind, resolutionKind }: { kind: string; resolutionKind?: string }) =>
      kind === "CJSResolvesToESM" || (kind === "NoResolution" && resolutionKind === "node10");
    expect(analysis.problems.filter((problem) => !meant(problem))).toEqual([]);
  });
});

describe("a project that installs it", () => {
  const browser = { lib: ["es2022", "dom"], types: [] };
  const node = { lib: ["es2022"], types: ["node"] };

  it.each([
    ["a page, with a bundler", { module: "esnext", moduleResolution: "bundler", ...browser }],
    ["a page, as Node resolves", { module: "nodenext", ...browser }],
    ["a server, with a bundler", { module: "esnext", moduleResolution: "bundler", ...node }],
    ["a server, as Node resolves", { module: "nodenext", ...node }],
  ])("compiles: %s", async (_, options) => {
    const project = await mkdtemp(join(temporary, "project-"));
    await mkdir(join(project, "node_modules/@gatehouse"), { recursive: true });
    await cp(unpacked, join(project, "node_modules/@gatehouse/client"), { recursive: true });
    await symlink(join(root, "node_modules/@types"), join(project, "node_modules/@types"));
    await writeFile(join(project, "package.json"), '{ "type": "module" }');
    const compilerOptions = {
      target: "es2022",
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noEmit: true,
      // The declarations of Node have errors of their own with some libraries.
      skipLibCheck: options.types.length > 0,
      ...options,
    };
    await writeFile(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
    await cp(join(root, "packages/client/test/consumer.ts"), join(project, "consumer.ts"));
    const { stdout } = await run(join(root, "node_modules/.bin/tsc"), ["-p", project]).catch(
      (error) => error,
    );
    expect(stdout).toBe("");
  });

  it("runs it in Node", async () => {
    const project = await mkdtemp(join(temporary, "project-"));
    await mkdir(join(project, "node_modules/@gatehouse"), { recursive: true });
    await cp(unpacked, join(project, "node_modules/@gatehouse/client"), { recursive: true });
    const code = `
      import { createClient } from "@gatehouse/client";
      import { cookieFetch } from "@gatehouse/client/server";
      const auth = createClient({
        baseUrl: "https://auth.example.com",
        transport: "bearer",
        fetch: async () => Response.json({ status: "ok" }),
      });
      console.log(JSON.stringify(await auth.health()), typeof cookieFetch);`;
    const args = ["--input-type=module", "--eval", code];
    const { stdout } = await run(process.execPath, args, { cwd: project });
    expect(stdout).toBe('{"data":{"status":"ok"}} function\n');
  });
});

it("what a page loads of it stays within 6 kB", async () => {
  for (const { what, bytes } of await measureClient())
    expect([what, bytes <= limitBytes || bytes]).toEqual([what, true]);
});
