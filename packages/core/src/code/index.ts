import { epochSeconds } from "../clock.ts";
import { AuthError } from "../error.ts";
import { idPattern, newId, randomHex } from "../id.ts";
import { outcomeOf, tellWhatStoodThere } from "../store/condition.ts";
import type { Profile } from "../user/profile.ts";
import { CodeEntity, type CodeItem, type Purpose } from "./code.entity.ts";
import { isSame, linkToken, typedCode, type Use } from "./derive.ts";

export { CodeEntity, type CodeItem, type Purpose } from "./code.entity.ts";
export { linkToken, typedCode } from "./derive.ts";

/** How long the link of a code works. A reset opens the whole account, so it has less. */
export const linkSeconds: Readonly<Record<Purpose, number>> = {
  verify_email: 86_400,
  reset_password: 3600,
  change_email: 86_400,
};

/** How long the typed code beside the link works (OWASP ASVS 5.0, 6.5.5). */
export const typedSeconds = 600;

/** After so many wrong tries the typed code is burnt; the link beside it is not, or anybody could burn that too. */
const mostTries = 5;

/** So many codes for one purpose an hour are mailed to one person, whoever asks for them. */
const mostAnHour = 10;

/**
 * Makes a code for a person, in place of the one before. The same job, delivered twice, gets the same code.
 * Undefined where that was called off or has expired meanwhile, where a newer job was quicker (their ids sort by time),
 * and where the person was sent too many within the hour: the newest code still works.
 *
 * @throws AuthError `unavailable`.
 */
export async function mint(
  purpose: Purpose,
  { userId, epoch }: Pick<Profile, "userId" | "epoch">,
  { email, jobId }: Pick<CodeItem, "email" | "jobId">,
): Promise<CodeItem | undefined> {
  const now = epochSeconds();
  const expiresAt = now + linkSeconds[purpose];
  const fresh = {
    nonce: randomHex(),
    jobId,
    email,
    epoch,
    tries: 0,
    typedExpiresAt: now + typedSeconds,
    expiresAt,
    createdAt: now,
  };
  const hourEndsAt = now + 3600;
  const first = { ...fresh, userId, purpose, asked: 1, hourEndsAt, ttl: Math.max(expiresAt, hourEndsAt) };
  const beginning = CodeEntity.put(first).where(
    (stored, { notExists, lte, lt }) =>
      `${notExists(stored.nonce)} OR (${lte(stored.hourEndsAt, now)} AND ${lt(stored.jobId, jobId)})`,
  );
  const begun = await outcomeOf<unknown, CodeItem>(beginning.go(tellWhatStoodThere));
  if (begun.made) return first;
  // Also where a try of this very write was made and its answer lost.
  if (begun.found?.jobId === jobId) return begun.found.expiresAt > now ? begun.found : undefined;
  const replacing = CodeEntity.patch({ userId, purpose })
    .set({ ...fresh, ttl: Math.max(expiresAt, begun.found?.hourEndsAt ?? 0) })
    .add({ asked: 1 })
    .where((stored, { lt }) => [lt(stored.asked, mostAnHour), lt(stored.jobId, jobId)].join(" AND "));
  const replaced = await outcomeOf<{ data: unknown }, CodeItem>(
    replacing.go({ response: "all_new", ...tellWhatStoodThere }),
  );
  if (replaced.made) return replaced.result.data as CodeItem;
  if (!replaced.found) throw new AuthError("unavailable", { cause: "the code before was spent meanwhile" });
  return replaced.found.jobId === jobId ? replaced.found : undefined;
}

/**
 * The code that a link's token belongs to. Nothing is spent yet: what spends it does so on the condition of its nonce.
 *
 * @throws AuthError `invalid_code` on any other text whatever, `unavailable`.
 */
export async function readLink(purpose: Purpose, token: string, use: Use = "spend"): Promise<CodeItem> {
  const [userId = ""] = token.split(".", 1);
  if (!idPattern.test(userId)) throw new AuthError("invalid_code", { cause: "malformed" });
  const { data: code } = await CodeEntity.get({ userId, purpose }).go({ consistent: true });
  if (!code) throw new AuthError("invalid_code", { cause: "there is none" });
  if (!isSame(token, await linkToken(code, use))) throw new AuthError("invalid_code", { cause: "another" });
  if (code.expiresAt <= epochSeconds()) throw new AuthError("invalid_code", { cause: "expired" });
  return code;
}

/**
 * The code that six typed digits belong to. Each call counts as a try before anything is compared, in one conditional
 * update: of any number of parallel guesses five are looked at. Without a person it asks the same of the table.
 *
 * @throws AuthError `invalid_code`, `unavailable`.
 */
export async function readTyped(
  purpose: Purpose,
  userId: string | undefined,
  digits: string,
): Promise<CodeItem> {
  const now = epochSeconds();
  const trying = CodeEntity.patch({ userId: userId ?? newId(), purpose })
    .add({ tries: 1 })
    .where((stored, { lt, gt }) =>
      [lt(stored.tries, mostTries), gt(stored.typedExpiresAt, now)].join(" AND "),
    );
  const tried = await outcomeOf<{ data: unknown }, CodeItem>(trying.go({ response: "all_new" }));
  if (!tried.made) throw new AuthError("invalid_code", { cause: "there is none, it expired or it is burnt" });
  const code = tried.result.data as CodeItem;
  if (!isSame(digits, await typedCode(code))) throw new AuthError("invalid_code", { cause: "another" });
  return code;
}
