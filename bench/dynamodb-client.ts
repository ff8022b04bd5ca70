import type { DynamoDb } from "../packages/core/src/store/dynamodb.ts";
import { readNumbers } from "./support/options.ts";
import { openPlace } from "./support/place.ts";
import { type Figure, report } from "./support/report.ts";
import { median } from "./support/statistics.ts";

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
  const figures = subjects.map(([name], index): Figure => {
    const value = medians[index] ?? Number.NaN;
    const figure = { name, value, unit: "microseconds" };
    const theirs = index % 2;
    return index === theirs
      ? figure
      : { ...figure, of: subjects[theirs]?.[0] ?? "", ratio: value / (medians[theirs] ?? Number.NaN) };
  });
  report("dynamodb-client", `CPU of a warm read of one item, medians of ${rounds} rounds by turns`, figures);
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
