import "../../../core/test/cheap-hashes.ts";
import "../../../core/test/without-pauses.ts";
import { it } from "vitest";
import { expectAsRehearsed } from "./demands.ts";
import { casesOf, struck } from "./every-call.ts";
import { collisions, delays, type Fault, refusals, unreached, variants } from "./faults.ts";
import { rehearse } from "./rehearsal.ts";
import type { Scenario } from "./scenario.ts";
import { calling } from "./scenarios.ts";

async function expectAnswered(scenario: Scenario, faults: readonly Fault[]): Promise<void> {
  const rehearsal = await rehearse(scenario);
  for (const each of casesOf(rehearsal.calls, faults)) {
    const answer = await struck(rehearsal, each, "once");
    await expectAsRehearsed(rehearsal, answer, each.about);
  }
}

it.each(calling)("a request to $name is answered in spite of a fault that passes", (scenario) =>
  expectAnswered(scenario, [...refusals, ...collisions, ...unreached, ...delays]),
);

/** Between them they make every kind of call. */
const some = calling.filter(({ name }) => ["register", "login", "changePassword"].includes(name));

it.each(some)("a request to $name is answered in whatever words it is refused", (scenario) =>
  expectAnswered(scenario, variants),
);
