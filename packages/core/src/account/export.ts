import type { Export } from "@gatehouse/contract";
import { AuthError } from "../error.ts";
import { attributesOf, type RawItem } from "../store/partition.ts";
import { readLogin } from "../user/person.ts";
import { type belongings, isOf, partitionOf } from "./belongings.ts";

/** What proves who somebody is, or would let it be guessed, and is nobody's to read. */
const secrets = ["passwordHash", "nonce"];

/**
 * Everything that is stored of a person, every attribute of every item but their secrets (GDPR articles 15 and 20):
 * one query over their partition, and their Login.
 *
 * @throws AuthError `invalid_token` where the account has ended, `unavailable`.
 */
export async function exportAccount(userId: string): Promise<Export> {
  // Once more, because the email, by which the Login is found, may change between the two reads.
  for (let attempt = 1; attempt <= 2; attempt++) {
    const items = await partitionOf(userId);
    const of = (entity: keyof typeof belongings) => items.filter((item) => isOf(entity, item)).map(readable);
    const [user] = of("user");
    if (!user) throw new AuthError("invalid_token", { cause: "the account has ended" });
    const login = await readLogin(String(user["email"]));
    if (login?.userId !== userId) continue;
    return {
      exportedAt: new Date().toISOString(),
      user,
      login: readable({ ...login }),
      sessions: of("session"),
      codes: of("code"),
      events: of("event"),
      eventMarks: of("mark"),
    };
  }
  throw new AuthError("unavailable", { cause: "the email changed all the time" });
}

function readable(item: RawItem): Record<string, unknown> {
  return Object.fromEntries(Object.entries(attributesOf(item)).filter(([name]) => !secrets.includes(name)));
}
