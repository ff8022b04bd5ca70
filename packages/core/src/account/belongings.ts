import { Service } from "electrodb";
import { CodeEntity } from "../code/index.ts";
import { EventEntity } from "../event/event.entity.ts";
import { SessionEntity } from "../session/session.entity.ts";
import { readPartition } from "../store/partition.ts";
import { LoginEntity } from "../user/login.entity.ts";
import { UserEntity } from "../user/user.entity.ts";

/** Every entity that holds something of a person: what an export tells and an erasure removes. */
export const belongings = {
  user: UserEntity,
  login: LoginEntity,
  session: SessionEntity,
  code: CodeEntity,
  event: EventEntity,
} as const;

/** For the transactions that change several of them together. */
export const account = new Service(belongings);

/** All of a person that lies in their own partition: everything but their Login. */
export function partitionOf(userId: string) {
  return readPartition(String(UserEntity.get({ userId }).params().Key.pk));
}
