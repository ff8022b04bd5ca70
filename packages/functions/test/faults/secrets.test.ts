import "../../../core/test/cheap-hashes.ts";
import "../../../core/test/without-pauses.ts";
import { renameSync } from "node:fs";
import { config } from "@gatehouse/core/config";
import { forgetSecrets } from "@gatehouse/core/secrets";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectAsRehearsed, expectAsRehearsedOrMadeUpFor, expectMadeUpFor } from "./demands.ts";
import { casesOf, struck } from "./every-call.ts";
import { type Fault, nonsense, refusals, unreached } from "./faults.ts";
import { openParameterStore } from "./parameter-store.ts";
import { type Rehearsal, rehearse, rewind } from "./rehearsal.ts";
import type { Scenario } from "./scenario.ts";
import { calling, silent } from "./scenarios.ts";
import { refuses } from "./wire-answers.ts";

/** A request to a function that has just started: it has no secret yet, whenever it is sent. */
async function rehearseCold(scenario: Scenario): Promise<Rehearsal> {
  const { prepare = async () => ({}) } = scenario;
  const rehearsal = await rehearse({
    ...scenario,
    prepare: async (person) => {
      const rest = await prepare(person);
      forgetSecrets();
      return rest;
    },
  });
  const send = () => {
    forgetSecrets();
    return rehearsal.send();
  };
  return { ...rehearsal, send };
}

const published = silent.filter(({ route }) => !["health", "problem", "openapi"].includes(route.name));

describe("while the parameter store fails", () => {
  let close: () => void;
  beforeAll(async () => {
    close = await openParameterStore();
  });
  afterAll(() => close());

  const ofTheStore = (faults: readonly Fault[]) =>
    faults
      .filter(({ operations }) => !operations)
      .map((fault) => ({ ...fault, operations: ["GetParameter"] }));

  /** What it says where it may not decrypt (SSM API, GetParameter; KMS developer guide, "Key states"). */
  const shut: readonly Fault[] = ["InvalidKeyId", "AccessDeniedException"].map((code) => ({
    name: code,
    strike: async () => refuses(400, code),
  }));

  const names = [
    "register",
    "login",
    "refresh",
    "logout",
    "forgotPassword",
    "resetPassword",
    "changePassword",
  ];
  const some = [...published, ...calling.filter(({ name }) => names.includes(name))];

  it.each(some)("once, a request to $name is answered all the same", async (scenario) => {
    const rehearsal = await rehearseCold(scenario);
    for (const each of casesOf(rehearsal.calls, ofTheStore([...refusals, ...unreached]))) {
      await expectAsRehearsed(rehearsal, await struck(rehearsal, each, "once"), each.about);
    }
  });

  it.each(some)("and fails, a request to $name is unavailable and made up for", async (scenario) => {
    const rehearsal = await rehearseCold(scenario);
    const lasting = ofTheStore([...refusals, ...unreached, ...nonsense, ...shut]);
    for (const each of casesOf(rehearsal.calls, lasting)) {
      await expectMadeUpFor(rehearsal, await struck(rehearsal, each, "lasting"), each.about);
    }
  });
});

describe("while the file of the secrets cannot be read", () => {
  const path = config().secrets.slice("file:".length);

  async function sendWithoutFile(rehearsal: Rehearsal) {
    await rewind(rehearsal);
    renameSync(path, `${path}.away`);
    try {
      return await rehearsal.send();
    } finally {
      renameSync(`${path}.away`, path);
    }
  }

  it.each(published)("a request to $name is unavailable", async (scenario) => {
    const rehearsal = await rehearseCold(scenario);
    await expectMadeUpFor(rehearsal, await sendWithoutFile(rehearsal), scenario.name);
  });

  it.each(calling)("a request to $name is answered without it, or unavailable", async (scenario) => {
    const rehearsal = await rehearseCold(scenario);
    await expectAsRehearsedOrMadeUpFor(rehearsal, await sendWithoutFile(rehearsal), scenario.name);
  });

  it.each(["login", "refresh", "logout"])("a request to %s is not let in without a key", async (name) => {
    const [scenario] = calling.filter((each) => each.name === name);
    const rehearsal = await rehearseCold(scenario as Scenario);
    expect((await sendWithoutFile(rehearsal)).status).toBe(503);
  });
});
