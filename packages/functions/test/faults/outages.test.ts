import "../../../core/test/cheap-hashes.ts";
import "../../../core/test/without-pauses.ts";
import { expect, it } from "vitest";
import { expectAsRehearsedOrMadeUpFor } from "./demands.ts";
import { casesOf, struck } from "./every-call.ts";
import { collisions, refusals, unreached } from "./faults.ts";
import { rehearse } from "./rehearsal.ts";
import { calling, silent } from "./scenarios.ts";

it.each(calling)(
  "a request to $name of which one call fails and fails is unavailable, and made up for",
  async (scenario) => {
    const rehearsal = await rehearse(scenario);
    for (const each of casesOf(rehearsal.calls, [...refusals, ...collisions, ...unreached])) {
      const answer = await struck(rehearsal, each, "lasting");
      await expectAsRehearsedOrMadeUpFor(rehearsal, answer, each.about);
    }
  },
);

it.each(silent)("a request to $name asks nothing of any service", async (scenario) => {
  expect((await rehearse(scenario)).calls).toEqual([]);
});
