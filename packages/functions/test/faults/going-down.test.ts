import "../../../core/test/cheap-hashes.ts";
import "../../../core/test/without-pauses.ts";
import { it } from "vitest";
import { expectAsRehearsedOrMadeUpFor } from "./demands.ts";
import { casesOf, struck } from "./every-call.ts";
import { lostAnswers, refusals, unreached } from "./faults.ts";
import { rehearse } from "./rehearsal.ts";
import { calling } from "./scenarios.ts";

/** One of each kind: where nothing answers, it makes no difference what does not. */
const names = ["an error of the server", "a time-out", "a reset before its answer"];
const faults = [...refusals, ...unreached, ...lostAnswers].filter(({ name }) => names.includes(name));

it.each(calling)(
  "a request to $name while everything goes down is unavailable, and made up for",
  async (scenario) => {
    const rehearsal = await rehearse(scenario);
    for (const each of casesOf(rehearsal.calls, faults)) {
      const answer = await struck(rehearsal, each, "from there on");
      await expectAsRehearsedOrMadeUpFor(rehearsal, answer, each.about);
    }
  },
);
