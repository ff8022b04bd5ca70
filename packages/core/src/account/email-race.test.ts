import { describe, expect, it } from "vitest";
import { interleaved, type Settled } from "../../test/interleaved.ts";
import { itemOf } from "../../test/items.ts";
import { type MailedCode, mailedCode } from "../../test/mailed-codes.ts";
import { expectPeopleInStep, withUserInStep } from "../../test/people-in-step.ts";
import { codeOf } from "../../test/refusal.ts";
import { type Held, logIn } from "../../test/session.ts";
import { goodPassword, newEmail, type TestUser, withTestUser } from "../../test/user.ts";
import { toAuthError } from "../error.ts";
import { readProfile } from "../user/find.ts";
import * as User from "../user/index.ts";
import * as Account from "./index.ts";

const another = "seven lanterns over Ghent";

/** Somebody with a session and every code that may meet the confirmation of their new email. */
interface Scene {
  readonly user: TestUser;
  readonly held: Held;
  readonly email: string;
  readonly change: MailedCode;
  readonly verify: MailedCode;
  readonly reset: MailedCode;
}

async function sceneOf(user: TestUser): Promise<Scene> {
  const email = newEmail("new");
  return {
    user,
    email,
    held: await logIn(await readProfile(user.id)),
    change: await mailedCode("change_email", { id: user.id, email }),
    verify: await mailedCode("verify_email", user),
    reset: await mailedCode("reset_password", user),
  };
}

function confirm({ user, change }: Scene): Promise<unknown> {
  return Account.confirmEmail(user.id, { token: change.token });
}

/** What else may happen to the account at that moment, and what a caller of it may be told. */
const others: Record<string, { run: (scene: Scene) => Promise<unknown>; refusals: readonly string[] }> = {
  "a change of the profile": {
    run: ({ user }) => User.change(user.id, { name: "Changed", locale: "de" }),
    refusals: [],
  },
  "a change of password": {
    run: ({ user, held }) =>
      Account.changePassword(held, { currentPassword: user.password, newPassword: another }),
    refusals: ["unavailable", "wrong_password"],
  },
  "a reset of the password": {
    run: ({ reset }) => Account.resetPassword(reset.token, another),
    refusals: ["invalid_code"],
  },
  "a verification of the old email": {
    run: ({ verify }) => Account.verifyEmail({ token: verify.token }),
    refusals: ["invalid_code"],
  },
  "the call to stop it": {
    run: ({ change }) => Account.undoEmailChange(change.undo),
    refusals: ["invalid_code"],
  },
  "the same confirmation": { run: confirm, refusals: ["invalid_code"] },
  "a ban": { run: ({ user }) => User.setStatus(user.email, "disabled"), refusals: ["not_found"] },
};

function expectRefusal(settled: Settled, allowed: readonly string[]): void {
  if (settled.status === "rejected") expect(allowed).toContain(toAuthError(settled.reason).code);
}

/** What is left is one of the two emails with one of the two passwords, and nothing lost of what was said to be done. */
async function expectWhole(scene: Scene, name: string, confirmed: Settled, other: Settled): Promise<void> {
  await expectPeopleInStep();
  const { user, email } = scene;
  const login = await itemOf(user.id, "login");
  expect(login["email"]).toBe(
    confirmed.status === "fulfilled" || name === "the same confirmation" ? email : user.email,
  );
  if (login["status"] === "disabled") return;
  const isNew = other.status === "fulfilled" && name.endsWith("password");
  await User.authenticate(String(login["email"]), isNew ? another : user.password);
  const lost = isNew ? user.password : another;
  expect(await codeOf(User.authenticate(String(login["email"]), lost))).toBe("invalid_credentials");
  if (name === "a change of the profile") expect(login).toMatchObject({ name: "Changed", locale: "de" });
}

/** Of the confirmation: code, person, Login, mark, the write. */
const requests = [0, 1, 2, 3, 4];

describe.each(Object.entries(others))(
  "a new email is confirmed and there is %s",
  (name, { run, refusals }) => {
    it.each(requests)("before request %i of the confirmation: the account is whole", async (at) => {
      await withTestUser("race", async (user) => {
        const scene = await sceneOf(user);
        const { first, second } = await interleaved(
          at,
          () => confirm(scene),
          () => run(scene),
        );
        expect(second.status).toBe("fulfilled");
        expectRefusal(first, ["invalid_code", "invalid_token"]);
        await expectWhole(scene, name, first, second);
      });
    });

    it.each(requests)(
      "and the confirmation comes before request %i of that: the account is whole",
      async (at) => {
        await withTestUser("race", async (user) => {
          const scene = await sceneOf(user);
          const { first, second } = await interleaved(
            at,
            () => run(scene),
            () => confirm(scene),
          );
          expectRefusal(first, refusals);
          expectRefusal(second, ["invalid_code", "invalid_token"]);
          await expectWhole(scene, name, second, first);
        });
      },
    );
  },
);

it("of fifty registrations of the new email and its confirmation exactly one gets it", async () => {
  await withUserInStep("crowded", async (user) => {
    const scene = await sceneOf(user);
    const { email } = scene;
    const register = (index: number) =>
      User.register({ email, password: goodPassword, name: `No. ${index}` });
    const attempts = [...Array.from({ length: 25 }, (_, index) => register(index))];
    const confirmation = confirm(scene);
    attempts.push(...Array.from({ length: 25 }, (_, index) => register(25 + index)));
    const outcomes = await Promise.allSettled([confirmation, ...attempts]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const refusals = outcomes.flatMap((each) =>
      each.status === "rejected" ? [toAuthError(each.reason).code] : [],
    );
    expect(refusals).toEqual(Array(50).fill("email_taken"));
    const isOurs = outcomes[0]?.status === "fulfilled";
    expect((await User.get(user.id)).email).toBe(isOurs ? email : user.email);
  });
}, 120_000);

it.each(requests)(
  "a registration of the new email before request %i of the confirmation takes it",
  async (at) => {
    await withUserInStep("robbed", async (user) => {
      const scene = await sceneOf(user);
      const register = () => User.register({ email: scene.email, password: goodPassword });
      const { first, second } = await interleaved(at, () => confirm(scene), register);
      expect(first).toMatchObject({ status: "rejected", reason: { code: "email_taken" } });
      expect(second.status).toBe("fulfilled");
      await User.authenticate(user.email, user.password);
    });
  },
);

it("two people who confirm one new email at the same time: one has it, the other keeps the old one", async () => {
  await withUserInStep("one", async (one) => {
    await withUserInStep("two", async (two) => {
      const email = newEmail("wanted");
      const codes = [
        { ...one, ...(await mailedCode("change_email", { id: one.id, email })) },
        { ...two, ...(await mailedCode("change_email", { id: two.id, email })) },
      ];
      const outcomes = await Promise.allSettled(
        codes.map(({ id, token }) => Account.confirmEmail(id, { token })),
      );
      const lost = outcomes.findIndex(({ status }) => status === "rejected");
      expect(outcomes[lost]).toMatchObject({ reason: { code: "email_taken" } });
      expect((await User.get(codes[lost]?.id ?? "")).email).toBe(codes[lost]?.email);
      expect((await User.get(codes[1 - lost]?.id ?? "")).email).toBe(email);
    });
  });
});
