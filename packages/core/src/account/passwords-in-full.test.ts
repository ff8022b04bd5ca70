/** By whichever way a password came to be somebody's, every character of it counts at the log-in. */
import { beforeEach, describe, expect, it } from "vitest";
import { type Way, ways } from "../../test/password-ways.ts";
import { codeOf } from "../../test/refusal.ts";
import * as User from "../user/index.ts";

/** As many different characters, of three bytes each. */
const cjk = (count: number) => String.fromCodePoint(...Array.from({ length: count }, (_, at) => 0x4e00 + at));

const seventyTwo = "violet marmalade 93 tram, seven lanterns over Ghent, amber pagoda 57 kit";

describe.each(Object.entries(ways))("a password set %s", (_, begin) => {
  let way: Way;
  beforeEach(async () => {
    way = await begin();
  });

  it.each([
    ["64 CJK characters, but for the last", cjk(64), `${cjk(63)}\u5B57`],
    ["64 CJK characters, but for the first 72 bytes", cjk(64), cjk(24)],
    ["72 bytes alike and something else behind", `${seventyTwo}one`, `${seventyTwo}two`],
    ["what is repeated around a NUL, once", "violet tram\0violet tram", "violet tram"],
    ["spaces around it, without them", "  violet marmalade\t", "violet marmalade"],
  ])("logs in with all of it and not with %s", async (_, password, other) => {
    await way.set(password);
    expect(await codeOf(User.authenticate(way.email, other))).toBe("invalid_credentials");
    expect(await User.authenticate(way.email, password)).toMatchObject({ email: way.email });
  });

  it("logs in composed where it was typed decomposed, and as it was typed", async () => {
    await way.set("cafe\u0301 marmalade");
    for (const same of ["caf\u00E9 marmalade", "cafe\u0301 marmalade"])
      expect(await User.authenticate(way.email, same)).toMatchObject({ email: way.email });
    expect(await codeOf(User.authenticate(way.email, "cafe marmalade"))).toBe("invalid_credentials");
  });
});
