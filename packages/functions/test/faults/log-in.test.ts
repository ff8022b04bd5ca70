/** With real hashes, which take their time between the calls. */
import "../../../core/test/without-pauses.ts";
import { it } from "vitest";
import { expectAsRehearsed, expectAsRehearsedOrMadeUpFor } from "./demands.ts";
import { casesOf, struck } from "./every-call.ts";
import { lostAnswers, refusals, unreached } from "./faults.ts";
import { rehearse } from "./rehearsal.ts";
import { calling } from "./scenarios.ts";

const names = ["register", "login", "log in with a wrong password", "log in with an unknown email"];
const some = calling.filter(({ name }) => names.includes(name));
const faults = [refusals, unreached, lostAnswers].flatMap((each) => each.slice(-1));

it.each(some)("a request to $name meets its faults with a real hash too", async (scenario) => {
  const rehearsal = await rehearse(scenario);
  for (const each of casesOf(rehearsal.calls, faults)) {
    await expectAsRehearsed(rehearsal, await struck(rehearsal, each, "once"), each.about);
    await expectAsRehearsedOrMadeUpFor(rehearsal, await struck(rehearsal, each, "lasting"), each.about);
  }
});
