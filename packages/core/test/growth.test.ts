/**
 * What one person can make of their partition is bounded, and so is each item in it: DynamoDB takes 400 KB an item, and
 * every KB of one is paid with each write. Events are not looked at: their number is a matter of how long they are kept.
 */
import { expect, it } from "vitest";
import { purposes } from "../src/code/code.entity.ts";
import * as Code from "../src/code/index.ts";
import { newId } from "../src/id.ts";
import * as Session from "../src/session/index.ts";
import { readProfile } from "../src/user/find.ts";
import * as User from "../src/user/index.ts";
import { itemsOf, type StoredItem } from "./items.ts";
import { goodPassword } from "./user.ts";

const key = "\u{1F511}";

/** As long as the contract lets each of them be, of characters that take four bytes. */
const longest = {
  email: `${"e".repeat(64)}@${"d".repeat(61)}.${"d".repeat(61)}.${"d".repeat(61)}.com`,
  name: key.repeat(100),
  locale: `${"l".repeat(8)}-${"l".repeat(8)}-${"l".repeat(8)}-${"l".repeat(8)}`,
  picture: `https://example.com/${key.repeat(2028)}`,
};
const origin = { sourceIp: "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", userAgent: key.repeat(128) };
const label = key.repeat(100);

/** Everything somebody does to their account, several times over. */
async function liveOn(userId: string, logIns: number): Promise<void> {
  const profile = await readProfile(userId);
  if (!profile) throw new Error("nobody is there");
  for (let time = 0; time < logIns; time += 1) await Session.open(profile, origin, label);
  let { refreshToken } = await Session.open(profile, origin, label);
  for (let time = 0; time < 3; time += 1) {
    ({ refreshToken } = await Session.refresh(refreshToken, origin));
    await User.change(userId, longest);
    for (const purpose of purposes) {
      await Code.mint(purpose, profile, { email: longest.email, jobId: newId() });
      await Code.readTyped(purpose, userId, "none").catch(() => undefined);
    }
  }
}

function sizes(items: readonly StoredItem[]): Record<string, number> {
  const bySort = items
    .filter(({ sk }) => !/^(?:event#|mark$)/.test(sk))
    .map((item) => [item.sk, sizeOf(item)]);
  return Object.fromEntries(bySort);
}

function sizeOf(item: StoredItem): number {
  return Buffer.byteLength(JSON.stringify(item));
}

it("a person's items are as many and as large after sixty log-ins as they will ever be", async () => {
  const { id } = await User.register({ ...longest, password: goodPassword });
  await liveOn(id, 60);
  const full = sizes(await itemsOf(id));
  // Two items of the person, fifty seats and a code for each purpose.
  expect(Object.keys(full)).toHaveLength(2 + 50 + purposes.length);
  expect(Math.max(...Object.values(full))).toBeLessThan(12 * 1024);
  await liveOn(id, 5);
  const later = sizes(await itemsOf(id));
  expect(Object.keys(later).toSorted()).toEqual(Object.keys(full).toSorted());
  // A counter may have gained a digit.
  for (const [sk, size] of Object.entries(later)) expect(Math.abs(size - (full[sk] ?? 0))).toBeLessThan(8);
});
