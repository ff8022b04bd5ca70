import { newId, randomHex } from "../src/id.ts";

const hash = `hs384-bcrypt$2b$10$${"k".repeat(53)}`;

/** One item of each entity that holds something of a person, with every attribute it can have. */
export function belongingsOf(userId: string, email: string) {
  const profile = {
    userId,
    email,
    emailVerified: true,
    name: "Ada Lovelace",
    locale: "en-GB",
    picture: "https://example.com/ada.png",
    roles: ["editor", "admin"],
    status: "active" as const,
    epoch: 7,
    createdAt: "2026-01-01T00:00:00.000Z",
    updatedAt: "2026-02-02T00:00:00.000Z",
  };
  const sessionId = `17${newId()}`;
  return {
    user: profile,
    login: { ...profile, normalisedEmail: email.toLowerCase(), contested: true, passwordHash: hash },
    session: {
      userId,
      seat: "17",
      sessionId,
      epoch: 7,
      generation: 3,
      rotatedAt: 1_780_000_003,
      createdAt: 1_780_000_000,
      idleExpiresAt: 3_980_000_001,
      expiresAt: 3_980_000_002,
      scope: "profile:read",
      roles: ["editor", "admin"],
      label: "the kitchen tablet",
      sourceIp: "192.0.2.17",
      userAgent: "curl/8.5.0",
      ttl: 3_980_000_004,
    },
    code: {
      userId,
      purpose: "change_email" as const,
      nonce: randomHex(),
      jobId: newId(),
      email: "ada.next@example.com",
      epoch: 7,
      tries: 2,
      typedExpiresAt: 3_980_000_005,
      expiresAt: 3_980_000_006,
      asked: 4,
      hourEndsAt: 3_980_000_007,
      createdAt: 1_780_000_008,
      ttl: 3_980_000_009,
    },
    event: {
      chain: `user#${userId}`,
      number: 12,
      eventId: newId(),
      userId,
      type: "refresh_token_reused" as const,
      at: "2026-03-03T00:00:00.000Z",
      actor: "anonymous" as const,
      sessionId,
      sourceIp: "198.51.100.23",
      userAgent: "Mozilla/5.0 (X11)",
      requestId: "JKJaXmPLvHcESHA=",
      details: { sessions: 3 },
      previous: "a".repeat(64),
      previousExpiresAt: 3_980_000_010,
      hash: "b".repeat(64),
      day: "2026-03-03",
      shard: 7,
      ttl: 3_980_000_011,
    },
    mark: {
      chain: `user#${userId}`,
      number: 12,
      hash: "b".repeat(64),
      eventExpiresAt: 3_980_000_011,
      ttl: 3_980_000_012,
    },
  };
}
