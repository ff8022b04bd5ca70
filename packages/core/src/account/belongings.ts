import { Service } from "electrodb";
import { CodeEntity } from "../code/index.ts";
import { EventEntity } from "../event/event.entity.ts";
import { MarkEntity } from "../event/mark.entity.ts";
import { SessionEntity } from "../session/session.entity.ts";
import { deleteItems, type RawItem, readPartition } from "../store/partition.ts";
import { LoginEntity } from "../user/login.entity.ts";
import { UserEntity } from "../user/user.entity.ts";

/** Every entity that holds something of a person: what an export tells and an erasure removes. */
export const belongings = {
  user: UserEntity,
  login: LoginEntity,
  session: SessionEntity,
  code: CodeEntity,
  event: EventEntity,
  mark: MarkEntity,
} as const;

/** For the transactions that change several of them together. */
export const account = /* @__PURE__ */ new Service(belongings);

/** All of a person that lies in their own partition: everything but their Login. */
export function partitionOf(userId: string): Promise<readonly RawItem[]> {
  return readPartition(String(UserEntity.get({ userId }).params().Key.pk));
}

/** Which entity an item is of. */
export function isOf(entity: keyof typeof belongings, item: RawItem): boolean {
  return item["__edb_e__"] === entity;
}

/**
 * Deletes what is left in the partition of a person who is gone. Of one who is there it deletes nothing, and answers
 * what they have.
 *
 * @throws AuthError `unavailable`.
 */
export async function sweepUnlessPerson(userId: string): Promise<readonly RawItem[]> {
  const items = await partitionOf(userId);
  if (items.some((item) => isOf("user", item))) return items;
  await deleteItems(items);
  return [];
}
