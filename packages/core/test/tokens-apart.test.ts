import { describe, expect, it } from "vitest";
import * as Session from "../src/session/index.ts";
import * as Token from "../src/token/index.ts";
import { forge, header } from "./forge.ts";
import { codeOf } from "./refusal.ts";
import { logIn, opens, origin } from "./session.ts";

/** Neither kind of token may ever do for the other (RFC 8725 section 3.12). */
const held = await logIn();

const neither: Record<string, string> = {
  "the id of the session": held.sessionId,
  "the id of the user": held.userId,
  "both ids": `${held.userId}.${held.sessionId}`,
  "the MAC of the refresh token": held.refreshToken.slice(-43),
  "three parts of the refresh token": held.refreshToken.split(".").slice(1).join("."),
  "both tokens": `${held.token}.${held.refreshToken}`,
  "a signature of ours alone": held.token.split(".")[2] ?? "",
  "a token of ours of another type": await forge({ header: await header({ typ: "refresh+jwt" }) }),
  "a token of ours of no type": await forge({ header: await header({ typ: undefined }) }),
};

describe("a refresh token", () => {
  it("is no access token", async () => {
    expect(await codeOf(Token.verify(held.refreshToken))).toBe("invalid_token");
  });

  it("is told from an access token wherever one is asked for, and the session is none the worse", async () => {
    expect(await codeOf(Session.refresh(held.token, origin))).toBe("invalid_refresh_token");
    expect(await codeOf(Session.endByRefreshToken(held.token))).toBe("invalid_refresh_token");
    expect(await opens(held.token)).toBe(true);
  });

  it("is not made of parts of both, nor of its own in another order", async () => {
    const [userId, sessionId, generation, mac] = held.refreshToken.split(".");
    for (const mixed of [
      `${userId}.${sessionId}.${generation}.${held.token.split(".")[2]?.slice(0, 43)}`,
      `${sessionId}.${userId}.${generation}.${mac}`,
    ]) {
      expect(await codeOf(Session.refresh(mixed, origin))).toBe("invalid_refresh_token");
    }
  });
});

describe("what is neither is refused as both:", () => {
  it.each(Object.entries(neither))("%s", async (_, text) => {
    expect(await codeOf(Token.verify(text))).toBe("invalid_token");
    expect(await codeOf(Session.refresh(text, origin))).toBe("invalid_refresh_token");
    expect(await codeOf(Session.endByRefreshToken(text))).toBe("invalid_refresh_token");
    expect(await opens(held.token)).toBe(true);
  });
});
