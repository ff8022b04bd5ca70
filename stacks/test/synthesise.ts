import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Template } from "aws-cdk-lib/assertions";
import { App, getStack } from "sst/constructs";
import { setProject } from "sst/project.js";
import { afterAll, vi } from "vitest";
import { Alarms } from "../alarms.ts";
import { Api } from "../api.ts";
import { Mail } from "../mail.ts";
import { Queue } from "../queue.ts";
import { Secrets } from "../secrets.ts";
import { settingsOf } from "../stage.ts";
import { Storage } from "../storage.ts";
import { tag } from "../tags.ts";
import { Web } from "../web.ts";
import { account, region } from "./place.ts";

const out = mkdtempSync(join(tmpdir(), "gatehouse-stacks-"));
afterAll(async () => {
  // SST opens its log in the background; without its folder that would fail after the last test.
  await vi.waitUntil(() => existsSync(join(out, "debug.log")), { timeout: 10_000 });
  rmSync(out, { recursive: true });
});

/** The templates of all stacks of one stage, made without AWS and without building a function. */
export function synthesise(stage: string) {
  // As SST's own command line does: SST still hands the CDK properties that the CDK calls deprecated.
  process.env["JSII_DEPRECATED"] = "quiet";
  setProject({
    config: { name: "gatehouse", stage, region, ssmPrefix: `/sst/gatehouse/${stage}/` },
    version: "",
    cdkVersion: "",
    constructsVersion: "",
    paths: { root: out, config: out, out, artifacts: out },
    metafile: { inputs: {}, outputs: {} },
    stacks: () => {},
  });
  const app = new App(
    { mode: "deploy", name: "gatehouse", stage, region, account },
    { outdir: join(out, stage) },
  );
  tag(app);
  app.stack(Storage).stack(Secrets).stack(Queue).stack(Api).stack(Mail);
  const { pages, alarms, dashboard } = settingsOf(stage);
  const isWatched = alarms !== undefined || dashboard;
  if (isWatched) app.stack(Alarms);
  if (pages) app.stack(Web);
  return {
    storage: Template.fromStack(getStack(Storage)),
    secrets: Template.fromStack(getStack(Secrets)),
    queue: Template.fromStack(getStack(Queue)),
    api: Template.fromStack(getStack(Api)),
    mail: Template.fromStack(getStack(Mail)),
    ...(isWatched && { alarms: Template.fromStack(getStack(Alarms)) }),
    ...(pages && { web: Template.fromStack(getStack(Web)) }),
  };
}
