import type { DynamoDb } from "../packages/core/src/store/dynamodb.ts";
import { machine } from "./support/machine.ts";
import { readNumbers } from "./support/options.ts";
import { openPlace } from "./support/place.ts";
import { median } from "./support/statistics.ts";
import { tableOf } from "./support/table.ts";

/**
 * What a warm read of one item costs this process, by either client: alone, and under ElectroDB.
 *
 * @throws UsageError
 */
export async function run(args: readonly string[]): Promise<readonly string[]> {
  const { rounds, reads } = readNumbers(args, { rounds: 20, reads: 300 });
  await using _ = await openPlace();
  const { sdkClient } = await import("../packages/core/src/store/sdk-client.ts");
  const { slimClient } = await import("../packages/core/src/store/slim/slim-client.ts");
  const { documentClient } = await import("../packages/core/src/store/document-client.ts");
  const { UserEntity } = await import("../packages/core/src/user/user.entity.ts");
  const User = await import("../packages/core/src/user/index.ts");
  const { id: userId } = await User.register({ email: "ada@example.com", password: "nine copper kettles 4" });
  const question = UserEntity.get({ userId }).params() as Parameters<typeof alone>[1];

  const clients = { sdk: sdkClient(), slim: slimClient() };
  const subjects = Object.entries(clients).flatMap(([name, client]): [string, () => Promise<unknown>][] => [
    [`${name}, alone`, () => alone(client, question)],
    [
      `${name}, under ElectroDB`,
      () => UserEntity.get({ userId }).go({ client: documentClient(client) as never }),
    ],
  ]);
  const times = subjects.map((): number[] => []);
  for (let round = 0; round < rounds; round += 1)
    for (const [index, [, read]] of subjects.entries()) times[index]?.push(await microsecondsOf(read, reads));

  const medians = times.map(median);
  console.log(`CPU of a read, medians of ${rounds} rounds by turns; ${machine()}\n`);
  const rows = subjects.map(([name], index) => [
    name,
    (medians[index] ?? Number.NaN).toFixed(0),
    ((medians[index] ?? Number.NaN) / (medians[index % 2] ?? Number.NaN)).toFixed(2),
  ]);
  console.log(tableOf([["", "microseconds", "times the SDK's"], ...rows]));
  return [];
}

function alone(
  client: DynamoDb,
  input: { TableName: string; Key: Record<string, string> },
): Promise<unknown> {
  return client.call("GetItem", input);
}

/** Of one, on the average, in CPU of this process. */
async function microsecondsOf(read: () => Promise<unknown>, reads: number): Promise<number> {
  const before = process.cpuUsage();
  for (let count = 0; count < reads; count += 1) await read();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / reads;
}
