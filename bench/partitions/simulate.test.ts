import "../../packages/core/test/cheap-hashes.ts";
import "../../test/environment.ts";
import { readFileSync } from "node:fs";
import { forgetConfig } from "@gatehouse/core/config";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { deleteItem, readTable } from "../../packages/core/test/items.ts";
import { readCounts } from "../costs.ts";
import { campaignsFrom } from "./campaigns.ts";
import { demandOf } from "./everyday.ts";
import { fullAt, type Heat } from "./heat.ts";
import { type Outcome, simulate } from "./simulate.ts";

// Each in its turn: what is spread by chance is spread evenly, which a few tries else are not.
vi.mock("node:crypto", async (original) => {
  const turns = new Map<number, number>();
  const randomInt = (most: number) => {
    const turn = turns.get(most) ?? 0;
    turns.set(most, turn + 1);
    return turn % most;
  };
  return { ...(await original<typeof import("node:crypto")>()), randomInt };
});

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
  asInProd();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  forgetConfig();
});

function asInProd(failuresPerMinute = ""): void {
  vi.stubEnv("SOURCE_FAILURES_PER_HOUR", "");
  vi.stubEnv("FAILURES_PER_MINUTE", failuresPerMinute);
  forgetConfig();
}

/** What comes of one campaign on an empty table. */
async function outcomeOf(name: string, { tries = 40, history = 1 } = {}): Promise<Outcome> {
  for (const item of await readTable()) await deleteItem(item);
  const campaigns = campaignsFrom(1, history).filter((campaign) => campaign.name === name);
  const [outcome] = await simulate(campaigns, tries);
  return outcome as Outcome;
}

const page = readFileSync(new URL("../../docs/scaling.md", import.meta.url), "utf8");

const hottest = ({ heats }: Outcome) => [heats[0]?.kind, Math.round(fullAt(heats[0] as Heat))];

it("docs/scaling.md tells the numbers of the tests below", () => {
  for (const number of [30_000, 10_000, 3_000, 1_000])
    expect(page).toMatch(new RegExp(`^\\|.*\\| ${number.toLocaleString("en")} a second`, "m"));
});

it("on an ordinary day the brake's counters are full at 30,000 log-ins a second", async () => {
  const outcome = await outcomeOf("everyday", { tries: 100 });
  expect(hottest(outcome)).toEqual(["throttle#all#…", 30_000]);
  expect(outcome.refused).toBe(0);

  // What docs/scaling.md multiplies is the same, but for the counter of the route that registers.
  const { reads, writes, entries } = demandOf(await readCounts());
  expect(outcome.reads).toBeCloseTo(reads);
  expect(outcome.writes).toBeCloseTo(writes - 0.05);
  expect(outcome.indexWrites).toBeCloseTo(entries);
});

it("with as many of them as a hundred thousand log-ins need, the day's partitions are the hottest", async () => {
  asInProd("300000");
  const outcome = await outcomeOf("everyday", { tries: 100 });
  expect(outcome.heats[0]?.kind).toBe("gsi1 day#…#shard");
});

it("who guesses at one account has five tries, and heats what 3,000 tries a second fill, whatever its history", async () => {
  const young = await outcomeOf("everybody guesses at one account");
  expect(young.refused).toBe(40 - 5);
  // Login, three counters and the brake's; and where each of the five is recorded, the mark of the record.
  expect(40 * young.reads).toBeCloseTo(5 * 40 + 5);
  expect(hottest(young)[1]).toBe(3000);
  expect(young.heats[0]?.hottest).toMatch(/^(?:email|throttle#account)#/);
  const old = await outcomeOf("everybody guesses at one account", { history: 365 });
  expect(old.heats.map(({ kind, reads, writes }) => [kind, reads, writes])).toEqual(
    young.heats.map(({ kind, reads, writes }) => [kind, reads, writes]),
  );
});

it("who guesses from one source heats its own counter alone, and who has many the brake's", async () => {
  expect(hottest(await outcomeOf("one source guesses at every account"))).toEqual([
    "throttle#source#…",
    1000,
  ]);
  const many = await outcomeOf("every source guesses at every account");
  expect(hottest(many)).toEqual(["throttle#all#…", 10_000]);
});
