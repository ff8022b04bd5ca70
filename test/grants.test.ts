/** What stacks/needs.ts grants on the table is what the functions ask of it: no less, or they would fail, and no more. */
import "../packages/core/test/cheap-hashes.ts";
import "../packages/core/test/without-pauses.ts";
import "./environment.ts";
import { forgetConfig } from "@gatehouse/core/config";
import { expect, it, vi } from "vitest";
import type { Try } from "../packages/core/test/faulty-transport.ts";
import { setSecrets } from "../packages/core/test/stage-keys.ts";
import { kinds } from "../packages/functions/test/faults/jobs.ts";
import { rehearse } from "../packages/functions/test/faults/rehearsal.ts";
import type { Scenario } from "../packages/functions/test/faults/scenario.ts";
import { calling, silent } from "../packages/functions/test/faults/scenarios.ts";
import { captureStdout } from "../packages/functions/test/stdout.ts";
import { type Need, needs } from "../stacks/needs.ts";
import { askedBy } from "./grants/asked.ts";
import { callsOfAuthorizer, callsOfJob } from "./grants/calls.ts";
import { refused, seldom } from "./grants/scenarios.ts";

captureStdout();

/** Every function's calls, in all that it is ever asked for. */
async function allCalls(): Promise<Map<string, readonly Try[]>> {
  const all = new Map(Object.keys(needs).map((name): [string, readonly Try[]] => [name, []]));
  const note = (name: string, calls: readonly Try[]) => all.set(name, [...(all.get(name) ?? []), ...calls]);
  const noteAll = async (scenarios: readonly Scenario[]) => {
    for (const scenario of scenarios) {
      note(scenario.route.name, (await rehearse(scenario)).calls);
      vi.unstubAllEnvs();
      forgetConfig();
      if (refused.includes(scenario)) setSecrets({});
    }
    vi.useRealTimers();
  };
  await noteAll([...calling, ...silent, ...seldom]);
  note("authorizer", await callsOfAuthorizer());
  for (const kind of kinds) note("worker", await callsOfJob(kind));
  await noteAll(refused);
  return all;
}

/** Such as `GetItem user#`. */
function used(calls: readonly Try[]): readonly string[] {
  const asked = calls.flatMap(askedBy);
  const pairs = asked.flatMap(({ action, keys }) =>
    keys.map((key) => `${action} ${key.replace(/#.*/s, "#")}`),
  );
  return [...new Set(pairs)].toSorted();
}

function granted({ table }: Need): readonly string[] {
  return Object.entries(table)
    .flatMap(([action, keys]) => keys.map((key) => `${action} ${key}`))
    .toSorted();
}

it("each function may do on the table what it does, to the kinds of keys it does it to, and nothing else", async () => {
  const asked = [...(await allCalls())].map(([name, calls]) => [name, used(calls)]);
  const allowed = Object.entries(needs).map(([name, need]) => [name, granted(need)]);
  expect(Object.fromEntries(asked)).toEqual(Object.fromEntries(allowed));
}, 120_000);
