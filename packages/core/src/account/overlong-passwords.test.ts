/** What is too long costs nothing: no hash of it is made and no rule reads it, by whichever way it comes. */
import bcrypt from "bcryptjs";
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Way, ways } from "../../test/password-ways.ts";
import { sha1Of, startRangeServer } from "../../test/range-server.ts";
import { forgetConfig } from "../config.ts";
import { toAuthError } from "../error.ts";
import { fold } from "../password/rules/fold.ts";

vi.mock("../password/rules/fold.ts", { spy: true });

const ranges = await startRangeServer();
afterAll(() => ranges.stop());

/** Different ones of three bytes each, so that nothing but the length of a text of them can be refused. */
const cjk = (count: number) => String.fromCodePoint(...Array.from({ length: count }, (_, at) => 0x4e00 + at));

beforeEach(() => {
  vi.stubEnv("BREACHED_PASSWORD_CHECK", "hibp");
  vi.stubEnv("BREACHED_PASSWORD_URL", ranges.url);
  forgetConfig();
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  forgetConfig();
});

describe.each(Object.entries(ways))("%s", (name, begin) => {
  /** The current password is asked for before anything is said of the new one. */
  const comparisons = name === "at a change" ? 1 : 0;
  let way: Way;
  beforeEach(async () => {
    way = await begin();
    ranges.requests();
  });

  /** What comes of setting a password, and what is done for that. */
  async function workOn(password: string) {
    const [hash, compare] = [vi.spyOn(bcrypt, "hash"), vi.spyOn(bcrypt, "compare")];
    vi.mocked(fold).mockClear();
    const outcome = await way.set(password).then(
      () => "accepted",
      (error: unknown) => toAuthError(error).code,
    );
    return {
      outcome,
      hashes: hash.mock.calls.length,
      comparisons: compare.mock.calls.length,
      isRead: vi.mocked(fold).mock.calls.length > 0,
      lookUps: ranges.requests().map(({ path }) => path),
    };
  }

  it.each([
    ["1,025 bytes", `${cjk(341)}ab`],
    ["1,026 bytes", cjk(342)],
    ["1,025 letters", "x".repeat(1025)],
    ["a megabyte", "x".repeat(1024 * 1024)],
  ])("no work is done on %s", async (_, password) => {
    const nothing = { hashes: 0, comparisons, isRead: false, lookUps: [] };
    expect(await workOn(password)).toEqual({ outcome: "weak_password", ...nothing });
  });

  it("1,024 bytes are read, looked up and hashed", async () => {
    const longest = `${cjk(341)}a`;
    const lookUps = [`/range/${sha1Of(longest).slice(0, 5)}`];
    const work = { hashes: 1, comparisons, isRead: true, lookUps };
    expect(await workOn(longest)).toEqual({ outcome: "accepted", ...work });
  });
});
