import { randomInt } from "node:crypto";
import { clearOutbox } from "../../packages/functions/test/outbox.ts";
import { openHouse } from "../costs/house.ts";
import { ordersOf } from "../support/rounds.ts";
import { identityOf } from "./copies.ts";
import { fill, put } from "./fill.ts";
import { comeAndGo, firstPerson, liveOn } from "./life.ts";
import { openMeter } from "./meter.ts";
import type { Samples, Stage } from "./samples.ts";
import { askFrom, openTables, type Table } from "./tables.ts";

/** Rounds before those that count: code is compiled, connections are opened. */
const warmUps = 20;

/** In one round of so many an account is deleted as well: it takes longer than all the rest. */
const roundsADeletion = 20;

/**
 * Measures every operation at each size: in a table that has grown to it, and by turns in one that stays as it was at the
 * first of them.
 *
 * @param endpoints of two databases whose tables are empty.
 * @param rounds at each size, in which everything is done once in each table.
 */
export async function* grow(
  endpoints: readonly [few: string, many: string],
  sizes: readonly number[],
  rounds: number,
): AsyncGenerator<Stage> {
  const [few, many] = openTables(endpoints);
  askFrom(few);
  const meter = openMeter();
  const house = await openHouse(meter.measure);
  const person = await firstPerson(house);
  let newcomers = 0;

  async function take(count: number): Promise<Pick<Stage, "few" | "many">> {
    const taken = { few: new Map(), many: new Map() };
    for (const [round, order] of ordersOf(2, count).entries()) {
      for (const index of order) {
        const [table, samples] = index === 0 ? [few, taken.few] : [many, taken.many];
        await liveIn(table, samples, round % roundsADeletion === 0);
      }
    }
    return taken;
  }

  /** Everything once, by a newcomer and by one of the people of a table, which then is as before. */
  async function liveIn(table: Table, samples: Samples, isDeleted: boolean): Promise<void> {
    askFrom(table);
    meter.takeInto(samples);
    newcomers += 1;
    await comeAndGo(house, `newcomer-${String(newcomers).padStart(6, "0")}@example.com`);
    const identity = identityOf(randomInt(table.people));
    await liveOn(house, identity, isDeleted);
    await put(table, person, identity);
    clearOutbox();
  }

  const [fewest = 0] = sizes;
  await fill(few, person, fewest);
  await fill(many, person, fewest);
  await take(warmUps);
  for (const people of sizes) {
    await fill(many, person, people);
    yield { people, ...(await take(rounds)) };
  }
  await house.stop();
}
