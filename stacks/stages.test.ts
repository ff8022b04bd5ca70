/** The stages that people depend on, as `sst build` makes them. A personal one is in build.test.ts. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { needs } from "./needs.ts";
import { type Build, build, pageOf } from "./test/build.ts";
import { functionsOf } from "./test/templates.ts";

const stages = ["staging", "prod"] as const;
const builds = new Map<string, Build>();

beforeAll(async () => {
  for (const stage of stages)
    builds.set(stage, await build(stage, { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" }));
}, 240_000);

afterAll(() => {
  for (const { remove } of builds.values()) remove();
});

function built(stage: string): Build {
  const found = builds.get(stage);
  if (!found) throw new Error(`${stage} was not built`);
  return found;
}

describe.each(stages)("%s", (stage) => {
  test("builds, and says where it goes, that its data stays, and what is missing before it is of use", () => {
    const { exitCode, output } = built(stage);
    expect(exitCode, output).toBe(0);
    expect(output).toMatch(
      new RegExp(
        `deploy: stage ${stage} of gatehouse in eu-west-1, account \\d{12}; its API at a name that API Gateway gives; its data outlives the stage; its mails go out from no-reply@`,
      ),
    );
    expect(output).toContain("Before mails are of use to anybody, set mail.from");
  });

  test("is what its snapshot says", async () => {
    await expect(pageOf(built(stage))).toMatchFileSnapshot(`test/snapshots/${stage}.txt`);
  });
});

test("prod runs the very code that staging ran", () => {
  const codeOf = (stage: string) => {
    const { root, template } = built(stage);
    return ["Api", "Mail"]
      .flatMap((stack) => functionsOf(template(stack), `${stage}-gatehouse-`))
      .map(({ name, properties: { Code, Handler } }) => {
        const asset = join(root, ".sst/dist", `asset.${Code.S3Key.replace(".zip", "")}`);
        return [name, readFileSync(join(asset, Handler.replace(/\.handler$/, ".mjs")), "utf8")];
      });
  };
  const staging = Object.fromEntries(codeOf("staging"));
  expect(Object.keys(staging)).toHaveLength(Object.keys(needs).length);
  for (const [name, code] of codeOf("prod")) expect(code === staging[String(name)], name).toBe(true);
});
