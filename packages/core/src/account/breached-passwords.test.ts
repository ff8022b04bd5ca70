/** A password of a known breach is refused by every way that leads to one, and the look-up tells nobody anything. */
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { captureStdout } from "../../../functions/test/stdout.ts";
import { readTable } from "../../test/items.ts";
import { type Way, ways } from "../../test/password-ways.ts";
import { sha1Of, startRangeServer } from "../../test/range-server.ts";
import { codeOf, refusalOf } from "../../test/refusal.ts";
import { intercepted } from "../../test/requests.ts";
import { logIn } from "../../test/session.ts";
import { newEmail, withTestUser } from "../../test/user.ts";
import { forgetConfig } from "../config.ts";
import { breached } from "../password/breach.ts";
import * as User from "../user/index.ts";
import * as Account from "./index.ts";

captureStdout();

const leaked = "amber pagoda 57 kites";
const another = "seven lanterns over Ghent";

const ranges = await startRangeServer();
afterAll(() => ranges.stop());

/** From here on: what is set before a test begins has been looked up nowhere. */
function checkBreaches(): void {
  vi.stubEnv("BREACHED_PASSWORD_CHECK", "hibp");
  vi.stubEnv("BREACHED_PASSWORD_URL", ranges.url);
  forgetConfig();
  ranges.know(leaked);
  ranges.requests();
}

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  forgetConfig();
});

describe.each(Object.entries(ways))("%s", (_, begin) => {
  let way: Way;
  beforeEach(async () => {
    way = await begin();
    checkBreaches();
  });

  it("a password of a breach is refused with that reason, and nothing changes", async () => {
    const before = await readTable();
    const fields = [{ pointer: way.pointer, message: breached }];
    expect(await refusalOf(way.set(leaked))).toMatchObject({ code: "weak_password", fields });
    expect(await readTable()).toEqual(before);
    expect(ranges.requests()).toHaveLength(1);
  });

  it("one of no breach is taken after one question", async () => {
    await way.set(another);
    expect(ranges.requests()).toHaveLength(1);
  });

  it("one that the rules refuse is asked about nowhere", async () => {
    expect(await codeOf(way.set("sunshine1"))).toBe("weak_password");
    expect(ranges.requests()).toEqual([]);
  });

  it("one of a breach is taken where the look-up fails, and where the stage makes none", async () => {
    ranges.answerWith((_, response) => response.writeHead(503).end());
    await way.set(leaked);
    expect(ranges.requests()).toHaveLength(1);
    vi.unstubAllEnvs();
    forgetConfig();
    await (await begin()).set(leaked);
    expect(ranges.requests()).toEqual([]);
  });
});

describe("nobody learns from the look-up whether an address has an account:", () => {
  /** What is asked of whom, in its order. */
  async function tracesOf(email: string, password: string): Promise<readonly string[]> {
    const asked: string[] = [];
    ranges.answerWith((_, response) => {
      asked.push("breaches");
      response.end(`${sha1Of(leaked).slice(5)}:1`);
    });
    await intercepted(
      async ({ operation }, send) => {
        asked.push(operation);
        await send();
      },
      () => User.register({ email, password }).catch(() => undefined),
    );
    return asked;
  }

  it("a registration makes it before it looks for the account, be there one or none", async () => {
    await withTestUser("taken", async ({ email: taken }) => {
      checkBreaches();
      for (const email of [taken, newEmail("free")]) {
        expect(await tracesOf(email, leaked)).toEqual(["breaches"]);
        expect(await tracesOf(email, another)).toEqual(["breaches", "TransactWriteItems"]);
      }
    });
  });

  it("who does not prove to be the owner starts none, nor does a log-in", async () => {
    await withTestUser("owner", async (owner) => {
      const held = await logIn(await User.authenticate(owner.email, owner.password));
      checkBreaches();
      const wrong = { currentPassword: another, newPassword: leaked };
      expect(await codeOf(Account.changePassword(held, wrong))).toBe("wrong_password");
      expect(await codeOf(Account.resetPassword(`${owner.id}.${"A".repeat(43)}`, leaked))).toBe(
        "invalid_code",
      );
      expect(await codeOf(User.authenticate(owner.email, leaked))).toBe("invalid_credentials");
      await User.authenticate(owner.email, owner.password);
      expect(ranges.requests()).toEqual([]);
    });
  });
});
