import "../../../core/test/cheap-hashes.ts";
import "../../../core/test/without-pauses.ts";
import { expect, it } from "vitest";
import { readTable } from "../table.ts";
import { changesBetween } from "./changes.ts";
import { expectAsRehearsed, expectAsRehearsedOrMadeUpFor } from "./demands.ts";
import { casesOf, struck } from "./every-call.ts";
import { lostAnswers, nonsense } from "./faults.ts";
import { rehearse } from "./rehearsal.ts";
import { calling } from "./scenarios.ts";

/** The SDK's second try finds the session gone, and cannot tell that it was the first that ended it. */
const endings = calling.filter(({ name }) => ["endSession", "endOtherSessions"].includes(name));

it.each(calling.filter((scenario) => !endings.includes(scenario)))(
  "a request to $name of which one answer is lost is answered all the same",
  async (scenario) => {
    const rehearsal = await rehearse(scenario);
    for (const each of casesOf(rehearsal.calls, lostAnswers)) {
      const answer = await struck(rehearsal, each, "once");
      await expectAsRehearsed(rehearsal, answer, each.about);
    }
  },
);

it.each(endings)("a request to $name of which one answer is lost has ended them", async (scenario) => {
  const rehearsal = await rehearse(scenario);
  for (const each of casesOf(rehearsal.calls, lostAnswers)) {
    const { status, body } = await struck(rehearsal, each, "once");
    if (body?.code !== scenario.afterwards) expect(status, each.about).toBe(rehearsal.answer.status);
    expect(changesBetween(rehearsal.items, await readTable()), each.about).toEqual(rehearsal.outcome.changes);
  }
});

it.each(calling)(
  "a request to $name of which no try of a call has an answer has done all or nothing",
  async (scenario) => {
    const rehearsal = await rehearse(scenario);
    for (const each of casesOf(rehearsal.calls, [...lostAnswers, ...nonsense])) {
      const answer = await struck(rehearsal, each, "lasting");
      await expectAsRehearsedOrMadeUpFor(rehearsal, answer, each.about);
    }
  },
);
