import { setTimeout as sleep } from "node:timers/promises";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { clearOutbox } from "../../../functions/test/outbox.ts";
import { interleaved } from "../../test/interleaved.ts";
import { readTable } from "../../test/items.ts";
import { type MailedCode, mailedCode } from "../../test/mailed-codes.ts";
import { expectPeopleInStep, orphans } from "../../test/people-in-step.ts";
import { doQueuedJobs, queuedKinds } from "../../test/queue.ts";
import { type Held, logIn, opens, origin, refreshedSession } from "../../test/session.ts";
import { newEmail, type TestUser, withTestUser } from "../../test/user.ts";
import * as Code from "../code/index.ts";
import { toAuthError } from "../error.ts";
import { newId } from "../id.ts";
import * as Session from "../session/index.ts";
import { readProfile } from "../user/find.ts";
import type { Profile } from "../user/index.ts";
import * as User from "../user/index.ts";
import * as Account from "./index.ts";

/** The pause for what is under way ends at once, or when a test has done what it does meanwhile. */
vi.mock("node:timers/promises", { spy: true });

beforeEach(() => {
  vi.mocked(sleep).mockResolvedValue(undefined);
  clearOutbox();
});

interface Scene {
  readonly user: TestUser;
  /** As a log-in read it before the account was erased. */
  readonly profile: Profile;
  readonly held: Held;
  readonly stolen: string;
  readonly codes: Readonly<Record<"verify_email" | "reset_password" | "change_email", MailedCode>>;
  readonly email: string;
}

async function sceneOf(user: TestUser): Promise<Scene> {
  const profile = (await readProfile(user.id)) as Profile;
  const { chain } = await refreshedSession(2, profile);
  const email = newEmail("next");
  const codes = {
    verify_email: await mailedCode("verify_email", user),
    reset_password: await mailedCode("reset_password", user),
    change_email: await mailedCode("change_email", { id: user.id, email }),
  };
  return { user, profile, held: await logIn(profile), stolen: chain[0] ?? "", codes, email };
}

const another = "seven lanterns over Ghent";

/** What may be under way while an account is erased: everything that writes. */
const underWay: Record<string, (scene: Scene) => Promise<unknown>> = {
  "a log-in": ({ user }) => User.authenticate(user.email, user.password).then((profile) => logIn(profile)),
  "the end of a log-in": ({ profile }) => logIn(profile),
  "a refresh": ({ held }) => Session.refresh(held.refreshToken, origin),
  "a refresh token used again": ({ stolen }) => Session.refresh(stolen, origin),
  "a change of the profile": ({ user }) => User.change(user.id, { name: "Ghost" }),
  "a code that is made": ({ user, profile }) =>
    Code.mint("verify_email", profile, { email: user.email, jobId: newId() }),
  "a verification": ({ codes }) => Account.verifyEmail({ token: codes.verify_email.token }),
  "a typed code": ({ user, codes }) =>
    Account.verifyEmail({ email: user.email, code: codes.verify_email.digits }),
  "a reset": ({ codes }) => Account.resetPassword(codes.reset_password.token, another),
  "a change of password": ({ user, held }) =>
    Account.changePassword(held, { currentPassword: user.password, newPassword: another }),
  "a new email": ({ user, codes }) => Account.confirmEmail(user.id, { token: codes.change_email.token }),
  "a ban": ({ user }) => User.setStatus(user.email, "disabled"),
};

function codeIn({ reason }: PromiseRejectedResult): string {
  return toAuthError(reason).code;
}

/** Either the account is gone whole, once the job has tidied up, or it is there whole. */
async function expectAllOrNothing({ user, email }: Scene, isErased: boolean): Promise<void> {
  await doQueuedJobs();
  expect(await orphans()).toEqual([]);
  await expectPeopleInStep();
  const text = JSON.stringify(await readTable());
  if (!isErased) return expect(text).toContain(`user#${user.id}`);
  for (const each of [user.id, user.email, email]) expect(text).not.toContain(each);
}

/** Person, Login, partition, the one write, the sweep: its query and the first of its deletes. */
const requests = [0, 1, 2, 3, 4, 5];

describe.each(Object.entries(underWay))("an account is erased and there is %s", (name, run) => {
  it.each(requests)("before its request %i: all of it is gone or none", async (at) => {
    await withTestUser("race", async (user) => {
      const scene = await sceneOf(user);
      const erase = () => Account.erase(user.id, user.password);
      const { first, met } = await interleaved(at, erase, () => run(scene));
      expect(met).toBe(true);
      if (first.status === "rejected")
        expect(["unavailable", "wrong_password", "invalid_token"]).toContain(codeIn(first));
      await expectAllOrNothing(scene, first.status === "fulfilled");
    });
  });

  it.each(requests)("of which request %i comes when it is gone: nothing comes back", async (at) => {
    await withTestUser("race", async (user) => {
      const scene = await sceneOf(user);
      const erase = () => Account.erase(user.id, user.password);
      const { first, second } = await interleaved(at, () => run(scene), erase);
      if (first.status === "rejected") expect(codeIn(first)).not.toBe("internal_error");
      // A ban that was written already refuses whoever is banned, and a new password whoever has the old one.
      const refusal = /reset|password/.test(name) ? "wrong_password" : "invalid_token";
      if (second.status === "rejected") expect(codeIn(second)).toBe(refusal);
      await expectAllOrNothing(scene, second.status === "fulfilled");
    });
  });
});

it("what is stored while it waits for what is under way is gone before the answer", async () => {
  await withTestUser("waited", async (user) => {
    const scene = await sceneOf(user);
    let late: Held | undefined;
    vi.mocked(sleep).mockImplementation(async () => {
      late = await logIn(scene.profile);
    });
    await Account.erase(user.id, user.password);
    expect(await opens(late?.token ?? "")).toBe(false);
    expect(await orphans()).toEqual([]);
  });
});

it("twenty log-ins, refreshes and changes at the very same time leave no orphan", async () => {
  await withTestUser("storm", async (user) => {
    const scene = await sceneOf(user);
    const { held, profile } = scene;
    const storm = Array.from({ length: 20 }, () => [
      logIn(profile),
      Session.refresh(held.refreshToken, origin),
      User.change(user.id, { name: "Ghost" }),
    ]).flat();
    const erasure = Account.erase(user.id, user.password);
    const logIns = await Promise.allSettled(storm);
    await erasure;
    await expectAllOrNothing(scene, true);
    const opened = logIns.flatMap((each) =>
      each.status === "fulfilled" && "token" in each.value ? [each.value.token] : [],
    );
    expect(opened.length).toBeGreaterThanOrEqual(20);
    for (const token of opened) expect(await opens(token)).toBe(false);
  });
});

describe("two erasures of one account", () => {
  it.each([0, 1, 2, 3])(
    "the one that comes before request %i of the other has the only receipt",
    async (at) => {
      await withTestUser("twice", async (user) => {
        const scene = await sceneOf(user);
        const erase = () => Account.erase(user.id, user.password);
        const { first, second } = await interleaved(at, erase, erase);
        expect(second.status).toBe("fulfilled");
        expect(first).toMatchObject({
          status: "rejected",
          reason: { code: expect.stringMatching(/^(?:invalid_token|wrong_password)$/) },
        });
        expect(queuedKinds().filter((kind) => kind === "account_deleted")).toHaveLength(1);
        await expectAllOrNothing(scene, true);
      });
    },
  );

  it("at the very same time have one receipt, and the other is refused", async () => {
    await withTestUser("parallel", async (user) => {
      const erase = () => Account.erase(user.id, user.password);
      const outcomes = await Promise.allSettled([erase(), erase()]);
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      const [refused] = outcomes.filter((each) => each.status === "rejected");
      expect(refused && codeIn(refused)).toMatch(/^(?:invalid_token|wrong_password|unavailable)$/);
    });
  });
});
