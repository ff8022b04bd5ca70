import { type Campaign, type Try, wage } from "./campaigns.ts";
import type { House } from "./house.ts";
import type { Stalls } from "./house-process.ts";
import { arriveSteadily } from "./traffic.ts";
import { type People, type Visit, visit } from "./users.ts";

export interface Load {
  readonly seconds: number;
  readonly logInsPerSecond: number;
  /** @default nobody attacks */
  readonly campaigns?: readonly Campaign[];
}

/** What happened within a while. */
export interface Phase {
  /** How long it took until the last answer. */
  readonly seconds: number;
  readonly visits: readonly Visit[];
  readonly victimsVisits: readonly Visit[];
  readonly waged: readonly Waged[];
  /** Of the gateway's event loop. */
  readonly stalls: Stalls;
}

export interface Waged {
  readonly campaign: Campaign;
  readonly tries: readonly Try[];
}

/** How often the victim logs in. */
const victimsPauseSeconds = 3;

/** Lets people log in at a steady rate, and whoever attacks attack beside them. */
export async function watch(house: House, { victim, users }: People, load: Load): Promise<Phase> {
  const { seconds, logInsPerSecond, campaigns = [] } = load;
  const come = async (index: number) => visit(house, users[index % users.length] ?? victim, index % 2 === 1);
  const startedAt = performance.now();
  await house.stalls();
  const [visits, victimsVisits, waged] = await Promise.all([
    arriveSteadily(Math.round(logInsPerSecond * seconds), seconds, come),
    arriveSteadily(Math.ceil(seconds / victimsPauseSeconds), seconds, () => visit(house, victim, false)),
    Promise.all(
      campaigns.map(async (campaign) => ({ campaign, tries: await wage(house, campaign, seconds) })),
    ),
  ]);
  const stalls = await house.stalls();
  return { seconds: (performance.now() - startedAt) / 1000, visits, victimsVisits, waged, stalls };
}
