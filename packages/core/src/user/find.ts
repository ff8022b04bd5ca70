import { AuthError } from "../error.ts";
import { keysFrom } from "../store/key.ts";
import { readItem } from "../store/read.ts";
import { type Profile, userKey } from "./profile.ts";

const userKeyOf = keysFrom(userKey);

/** The person with this id, disabled or not. Without ElectroDB: `GET /me` asks for nothing else. */
export function readProfile(userId: string): Promise<Profile | undefined> {
  return readItem<Profile>(userKeyOf({ userId }));
}

/** @throws AuthError `invalid_token` where the person is gone or disabled: only a token leads here. */
export async function findActive(userId: string): Promise<Profile> {
  const profile = await readProfile(userId);
  if (profile?.status !== "active")
    throw new AuthError("invalid_token", { cause: "its user is gone or disabled" });
  return profile;
}
