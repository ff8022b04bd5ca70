import { judge, report } from "./support/attack-report.ts";
import { campaignsAgainst } from "./support/campaigns.ts";
import { startHouse } from "./support/house.ts";
import { machine } from "./support/machine.ts";
import { readNumbers } from "./support/options.ts";
import { settlePeople } from "./support/users.ts";
import { watch } from "./support/watch.ts";

/** Each logs in about once in ten seconds. */
const userCount = 40;

/**
 * People log in, from where they have logged in before and at a steady rate: first in quiet, then beside an attacker.
 *
 * @returns a line for each promise that did not hold under attack. A time never breaks one.
 * @throws UsageError
 */
export async function run(args: readonly string[]): Promise<readonly string[]> {
  const {
    "log-ins": logIns,
    seconds,
    "quiet-seconds": quietSeconds,
  } = readNumbers(args, { "log-ins": 200, seconds: 60, "quiet-seconds": 20 });
  const logInsPerSecond = logIns / seconds;
  await using house = await startHouse();
  console.log(`${logIns} log-ins in ${seconds} s beside an attacker; ${machine()}\n`);
  const people = await settlePeople(house, userCount);
  const quiet = await watch(house, people, { seconds: quietSeconds, logInsPerSecond });
  const campaigns = campaignsAgainst(people);
  const attacked = await watch(house, people, { seconds, logInsPerSecond, campaigns });
  console.log(report(quiet, attacked, people.victim));
  return judge(attacked, people.victim);
}
