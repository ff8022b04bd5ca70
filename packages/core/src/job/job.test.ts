import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codeOf, refusalOf } from "../../test/refusal.ts";
import { newId } from "../id.ts";
import { type JobKind, type JobOrder, readJob } from "./job.ts";

const userId = newId();
const email = "Anna@example.com";

/** One of each kind; a kind that is not here does not compile. */
const orders: { readonly [Kind in JobKind]: JobOrder<Kind> } = {
  registered: { kind: "registered", userId, email },
  verify_email: { kind: "verify_email", email },
  reset_password: { kind: "reset_password", email },
  change_email: { kind: "change_email", userId, newEmail: "new@example.com" },
  password_changed: { kind: "password_changed", userId },
  email_changed: { kind: "email_changed", userId, oldEmail: email, newEmail: "new@example.com" },
  account_deleted: { kind: "account_deleted", email },
  tidy: { kind: "tidy", userId },
  mail_event: { kind: "mail_event", email, verdict: "bounced", at: "2026-07-22T12:00:00.042Z" },
};

/** What reading a body comes to: the code it is refused with, or that it was taken. */
function outcomeOf(body: string): Promise<string> {
  return codeOf(Promise.resolve().then(() => readJob(body)));
}

async function isRefused(job: unknown): Promise<void> {
  expect(await outcomeOf(JSON.stringify(job))).toBe("internal_error");
}

describe.each(Object.values(orders))("a job of the kind $kind", (order) => {
  const job = { id: newId(), ...order };

  it("is read as it was queued", () => {
    expect(readJob(JSON.stringify(job))).toEqual(job);
  });

  it("without any one of its members is none", async () => {
    for (const name of Object.keys(job)) await isRefused({ ...job, [name]: undefined });
  });

  it.each([7, true, null, {}, [], { length: 1 }])("with %j for one of its members is none", async (value) => {
    for (const name of Object.keys(order)) await isRefused({ ...job, [name]: value });
  });

  it.each(["", "1", "not an id", newId().toUpperCase(), `${newId()}\n`, null, 7, {}])(
    "with the id %j is none",
    async (id) => {
      await isRefused({ ...job, id });
    },
  );
});

it("a person without a language is told of the end of their account as one with", async () => {
  const job = { id: newId(), ...orders.account_deleted };
  expect(readJob(JSON.stringify({ ...job, locale: "de" }))).toEqual({ ...job, locale: "de" });
  await isRefused({ ...job, locale: 7 });
  await isRefused({ ...job, locale: null });
});

describe("no job is", () => {
  const id = newId();
  const bodies = [
    "",
    " ",
    "{",
    "tidy",
    "null",
    "7",
    '"tidy"',
    "true",
    "[]",
    '["tidy"]',
    "{}",
    "\0",
    "\ud800",
  ];
  it.each(bodies)("the body %j", async (body) => {
    expect(await outcomeOf(body)).toBe("internal_error");
  });

  it.each(["", "Tidy", "tidy ", "__proto__", "constructor", "toString", "hasOwnProperty", "erase"])(
    "what is of the kind %j",
    async (kind) => {
      await isRefused({ id, kind, userId, email });
    },
  );

  it.each(["kind", "id", "userId"] as const)("what has its %s inside a list", async (name) => {
    const job = { id, ...orders.tidy };
    await isRefused({ ...job, [name]: [job[name as "kind"]] });
  });

  it("what has no text for its kind", async () => {
    await isRefused({ id, userId, kind: { toString: null } });
  });

  it("what would tidy up after nobody", async () => {
    await isRefused({ id, kind: "tidy", userId: "" });
    await isRefused({ id, kind: "tidy", userId: `${userId}#x` });
  });

  it("what has its members from a prototype", async () => {
    expect(await outcomeOf(`{"__proto__":${JSON.stringify({ id, ...orders.tidy })}}`)).toBe("internal_error");
    const body = `{"id":"${id}","kind":"tidy","__proto__":{"userId":"${userId}"}}`;
    expect(await outcomeOf(body)).toBe("internal_error");
  });

  it("property: any other JSON value", async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        await isRefused(value);
      }),
    );
  });
});

it("the refusal says nothing of the body", async () => {
  const refusal = await refusalOf(
    Promise.resolve().then(() => readJob(JSON.stringify({ kind: "secret", email }))),
  );
  expect(refusal.cause).toBe("a message of the queue is no job");
});
