import { describe, expect, it } from "vitest";
import { newId } from "../id.ts";
import { newSessionId, seatOf } from "../session/seat.ts";
import { SessionEntity } from "../session/session.entity.ts";
import { sessionKey } from "../session/stored.ts";
import { userKey } from "../user/profile.ts";
import { UserEntity } from "../user/user.entity.ts";
import { keysFrom } from "./key.ts";

describe("a key that is made without ElectroDB is ElectroDB's:", () => {
  it.each(Array.from({ length: 20 }, () => [newId(), newSessionId()]))("%s %s", (userId, sessionId) => {
    const seat = seatOf(sessionId);
    expect(keysFrom(sessionKey)({ userId, seat })).toEqual(SessionEntity.get({ userId, seat }).params().Key);
    expect(keysFrom(userKey)({ userId })).toEqual(UserEntity.get({ userId }).params().Key);
  });

  // biome-ignore lint/suspicious/noTemplateCurlyInString: a value that looks like a template
  it.each(["", "$&", "$1", "${userId}", "A#b", " ", "ä"])("for a value like %j", (userId) => {
    expect(keysFrom(userKey)({ userId })).toEqual({ pk: `user#${userId}`, sk: "profile" });
  });
});
