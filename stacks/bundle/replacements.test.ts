/** What is replaced in the bundles is never needed there, and this fails where a new version of a package needs it. */
import "../../test/environment.ts";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { entities } from "../../packages/core/test/entities.ts";
import { type Bundled, bundleFunction } from "./bundle-function.ts";
import { plugins } from "./index.ts";
import { type Replacement, replacements, sdkClient } from "./replacements.ts";

const core = createRequire(new URL("../../packages/core/package.json", import.meta.url));

/** The code of a package of core, by file. */
function sourcesOf(name: string): ReadonlyMap<string, string> {
  const folder = dirname(core.resolve(`${name}/package.json`));
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const code = files.filter((file) => file.endsWith(".js") && !file.includes("node_modules"));
  return new Map(code.map((file) => [file, readFileSync(join(folder, file), "utf8")]));
}

let login: Bundled;
beforeAll(async () => {
  login = await bundleFunction("packages/functions/src/login.ts");
}, 60_000);

it("the log-in needs what is replaced, and has nothing of what that would need", () => {
  const files = [...login.files.keys()];
  const all: readonly Replacement[] = [...Object.values(replacements), sdkClient];
  for (const { of } of all) {
    const place = "file" in of ? of.file : of.by;
    expect(
      files.filter((path) => place.test(`/${path}`)),
      `${place}`,
    ).not.toEqual([]);
  }
  const unneeded =
    /\/semver\/|\/jsonschema\/lib\/(?!index\.js)|\/@aws-sdk\/(?:lib-dynamodb|client-dynamodb)\//;
  expect(files.filter((path) => unneeded.test(path))).toEqual([]);
});

it("a stage that asks for the SDK's client of DynamoDB has it", async () => {
  const asking = plugins({ functionSettings: { DYNAMODB_CLIENT: "sdk" } });
  const { files } = await bundleFunction("packages/functions/src/me.ts", asking);
  expect([...files.keys()].filter((path) => path.includes("/@aws-sdk/client-dynamodb/"))).not.toEqual([]);
});

describe("jsonwebtoken", () => {
  const sources = sourcesOf("jsonwebtoken");
  const asking = [...sources].filter(([, code]) => code.includes("semver"));

  it("asks semver in the three files that are replaced, and in no other", () => {
    const { file } = replacements["jsonwebtoken's questions to semver"].of;
    expect(asking).toHaveLength(3);
    for (const [name] of asking) expect(`/jsonwebtoken/${name}`).toMatch(file);
  });

  it("asks there whether Node is new enough, and any Node 24 is", () => {
    const semver = createRequire(core.resolve("jsonwebtoken"))("semver") as {
      satisfies(version: string, range: string): boolean;
    };
    for (const [name, code] of asking) {
      const whole =
        /^(?:const|var) semver = require\('semver'\);\s+module\.exports = semver\.satisfies\(process\.version, '([^']+)'\);\s*$/;
      const [, range = "none"] = whole.exec(code) ?? [];
      expect(semver.satisfies("24.0.0", range), name).toBe(true);
    }
  });
});

describe("ElectroDB", () => {
  it("asks jsonschema in one file, for a validator that it gives schemas and models and asks for errors", () => {
    const asking = [...sourcesOf("electrodb")].filter(([, code]) => code.includes("jsonschema"));
    expect(asking.map(([name]) => name)).toEqual([join("src", "validations.js")]);
    const [[, code = ""] = []] = asking;
    const uses = Array.from(code.matchAll(/\b(?:Validator|v)\.(\w+)/g), ([, member]) => member);
    expect(new Set(uses)).toEqual(new Set(["prototype", "addSchema", "validate"]));
    const read = Array.from(code.matchAll(/\bv\.validate\(\w+, \w+\)\.(\w+)/g), ([, member]) => member);
    expect(new Set(read)).toEqual(new Set(["errors"]));
  });

  it("makes commands of the SDK for a client of version 3, and nothing else of that package", () => {
    const code = sourcesOf("electrodb").get(join("src", "client.js")) ?? "";
    const [, version2 = "", version3 = ""] = code.split(/^class /m);
    expect([version2, version3].map((text) => text.split(" ", 1)[0])).toEqual([
      "DocumentClientV2Wrapper",
      "DocumentClientV3Wrapper",
    ]);
    expect(version2).not.toMatch(/\blib\.\w/);
    expect(version3).toMatch(/\bnew this\.lib\.GetCommand\b/);
    const elsewhere = [...sourcesOf("electrodb")].filter(([, text]) => text.includes("lib-dynamodb"));
    expect(elsewhere.map(([name]) => name)).toEqual([join("src", "client.js")]);
  });

  it("is asked whether something is a model, which an entity is not any more", async () => {
    const { testModel } = core("electrodb/src/validations.js") as { testModel(model: object): [boolean] };
    // That they could be made says that each model is right: nothing stands in for the check here.
    const all = await entities();
    expect(all.length).toBeGreaterThanOrEqual(7);
    for (const entity of all) expect([testModel(entity)[0], standIn(entity)]).toEqual([false, false]);
    const model = {
      model: { entity: "one", version: "1", service: "ours" },
      attributes: { id: { type: "string" } },
      indexes: { all: { pk: { field: "pk", composite: ["id"] } } },
    };
    expect([testModel(model)[0], standIn(model)]).toEqual([true, true]);
  });
});

/** What stands in for the check says of a model. */
function standIn(model: object): boolean {
  const { contents } = replacements["ElectroDB's check of its models"];
  const module = {
    exports: {} as { Validator: new () => { validate(model: object): { errors: object[] } } },
  };
  new Function("module", contents)(module);
  return new module.exports.Validator().validate(model).errors.length === 0;
}
