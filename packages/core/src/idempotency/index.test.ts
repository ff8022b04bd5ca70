import { afterEach, describe, expect, it, vi } from "vitest";
import { readTable } from "../../test/items.ts";
import { codeOf, refusalOf } from "../../test/refusal.ts";
import { requestsOf } from "../../test/requests.ts";
import { atSecond, start } from "../../test/session.ts";
import { AuthError } from "../error.ts";
import { newId, randomHex } from "../id.ts";
import * as Idempotency from "./index.ts";

afterEach(() => {
  vi.useRealTimers();
});

function operation(changes: Partial<Idempotency.Operation> = {}): Idempotency.Operation {
  return { route: "register", key: randomHex(), request: { email: "a@example.com", n: 1 }, ...changes };
}

/** What a test runs: it answers with the run it was given, and counts. */
function runner() {
  return vi.fn(async (run: Idempotency.Run) => ({ of: run.id, isRepeat: run.isRepeat }));
}

/** A promise, and what lets it go. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

describe("an operation with a key", () => {
  it("is run once and answered alike each time", async () => {
    const run = runner();
    const asked = operation();
    const first = await Idempotency.once(asked, run);
    expect(first).toEqual({ of: expect.any(String), isRepeat: false });
    for (let time = 0; time < 3; time += 1) expect(await Idempotency.once(asked, run)).toEqual(first);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it("has an answer of any shape, with its members in their order", async () => {
    for (const answer of [null, "", 0, [1, { b: 1, a: [] }], { z: 1, a: "Ünï\u{1F511}" }]) {
      const asked = operation();
      const answers = [await Idempotency.once(asked, async () => answer)];
      answers.push(await Idempotency.once(asked, async () => "another"));
      expect(JSON.stringify(answers[1])).toBe(JSON.stringify(answers[0]));
    }
  });

  it("is the same request with its members in another order", async () => {
    const run = runner();
    const asked = operation();
    const first = await Idempotency.once(asked, run);
    const turned = { ...asked, request: { n: 1, email: "a@example.com" } };
    expect(await Idempotency.once(turned, run)).toEqual(first);
  });

  it.each([
    { email: "b@example.com", n: 1 },
    { email: "A@example.com", n: 1 },
    { email: "a@example.com", n: "1" },
    { email: "a@example.com" },
    { email: "a@example.com", n: 1, m: null },
    ["a@example.com", 1],
    null,
  ])("is refused with another request, and nothing runs: %j", async (request) => {
    const run = runner();
    const asked = operation();
    const first = await Idempotency.once(asked, run);
    expect(await codeOf(Idempotency.once({ ...asked, request }, run))).toBe("idempotency_key_reused");
    expect(run).toHaveBeenCalledTimes(1);
    expect(await Idempotency.once(asked, run)).toEqual(first);
  });

  it("is in progress while it runs, and refused with another request", async () => {
    const [started, done] = [gate(), gate()];
    const asked = operation();
    const first = Idempotency.once(asked, async () => {
      started.open();
      await done.opened;
      return "done";
    });
    await started.opened;
    expect(await refusalOf(Idempotency.once(asked, runner()))).toMatchObject({
      code: "request_in_progress",
      retryAfterSeconds: 1,
    });
    expect(await codeOf(Idempotency.once({ ...asked, request: 1 }, runner()))).toBe("idempotency_key_reused");
    done.open();
    expect(await first).toBe("done");
  });

  it("asked for twenty times at once is run once; the others are told so or get its answer", async () => {
    const run = runner();
    const asked = operation();
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => Idempotency.once(asked, run)));
    expect(run).toHaveBeenCalledTimes(1);
    const [first] = await Promise.all(run.mock.results.map(({ value }) => value));
    const others = outcomes.filter(({ status }) => status === "rejected") as PromiseRejectedResult[];
    for (const { reason } of others)
      expect(reason).toMatchObject({ code: "request_in_progress", retryAfterSeconds: 1 });
    const answered = outcomes.filter(({ status }) => status === "fulfilled");
    expect(answered.length).toBeGreaterThan(0);
    for (const each of answered) expect(each).toMatchObject({ value: first });
  });

  it("is apart from that of another route, another person and another key", async () => {
    const run = runner();
    const asked = operation({ userId: newId() });
    const others = [
      { route: "forgotPassword" },
      { userId: newId() },
      { userId: undefined },
      { key: randomHex() },
    ];
    for (const changes of [{}, ...others]) await Idempotency.once({ ...asked, ...changes }, run);
    expect(run).toHaveBeenCalledTimes(5);
  });

  it("whose key looks like a person and a key is not theirs", async () => {
    const run = runner();
    const userId = newId();
    const key = randomHex();
    await Idempotency.once(operation({ userId, key }), run);
    for (const hostile of [`${userId}|${key}`, `|${userId}|${key}`, `${key}|`, `|${key}`])
      await Idempotency.once(operation({ key: hostile }), run);
    expect(run).toHaveBeenCalledTimes(5);
  });
});

it("without a key every request is run, and asks nothing of the table", async () => {
  const run = runner();
  const asked = operation({ key: undefined });
  const requests = await requestsOf(async () => {
    for (let time = 0; time < 3; time += 1) await Idempotency.once(asked, run);
  });
  expect(requests).toEqual([]);
  expect(new Set(run.mock.calls.map(([{ id }]) => id)).size).toBe(3);
  expect(run.mock.calls.map(([{ isRepeat }]) => isRepeat)).toEqual([false, false, false]);
});

describe("an operation that was refused", () => {
  it.each(["email_taken", "weak_password", "too_many_requests", "invalid_code"] as const)(
    "as %s leaves its key free, for another request too",
    async (code) => {
      const asked = operation();
      const refusal = new AuthError(code);
      await expect(Idempotency.once(asked, () => Promise.reject(refusal))).rejects.toBe(refusal);
      const run = runner();
      expect(await Idempotency.once({ ...asked, request: "another" }, run)).toMatchObject({
        isRepeat: false,
      });
    },
  );

  it.each([new AuthError("unavailable"), new AuthError("internal_error"), new Error("a fault"), "a text"])(
    "nobody knows how it ended: with %s it is repeated under its own id",
    async (thrown) => {
      const asked = operation();
      const run = vi.fn((_: Idempotency.Run) => Promise.reject(thrown));
      await expect(Idempotency.once(asked, run)).rejects.toBe(thrown);
      await expect(Idempotency.once(asked, run)).rejects.toBe(thrown);
      const [[first] = [], [second] = []] = run.mock.calls;
      expect(first).toEqual({ id: expect.any(String), isRepeat: false });
      expect(second).toEqual({ id: first?.id, isRepeat: true });
      expect(await codeOf(Idempotency.once({ ...asked, request: 1 }, runner()))).toBe(
        "idempotency_key_reused",
      );
      expect(await Idempotency.once(asked, runner())).toEqual({ of: first?.id, isRepeat: true });
    },
  );
});

describe("an answer", () => {
  it("is kept for a day to the second, though the record is still there", async () => {
    atSecond(0);
    const run = runner();
    const asked = operation();
    const first = await Idempotency.once(asked, run);
    atSecond(86_399.999);
    expect(await Idempotency.once(asked, run)).toEqual(first);
    expect(await codeOf(Idempotency.once({ ...asked, request: 1 }, run))).toBe("idempotency_key_reused");
    atSecond(86_400);
    const second = await Idempotency.once({ ...asked, request: 1 }, run);
    expect(second).toEqual({ of: expect.not.stringMatching(first.of), isRepeat: false });
    expect(await Idempotency.once({ ...asked, request: 1 }, run)).toEqual(second);
    expect(run).toHaveBeenCalledTimes(2);
  });

  it("lies sealed in a record that tells neither key nor request nor person", async () => {
    atSecond(0.5);
    const userId = newId();
    const key = `key-${randomHex()}`;
    const request = { email: "hidden@example.com", password: "violet marmalade" };
    const before = await readTable();
    await Idempotency.once(operation({ userId, key, request }), async () => ({ answer: "readable" }));
    const [record] = (await readTable()).filter(({ pk }) => before.every((item) => item.pk !== pk));
    expect(record).toEqual({
      pk: `idempotency#${record?.["name"]}`,
      sk: "idempotency",
      name: expect.stringMatching(/^[0-9a-f]{64}$/),
      request: expect.stringMatching(/^[0-9a-f]{64}$/),
      runId: expect.stringMatching(/^[0-9a-z]{26}$/),
      lockedUntil: start + 15,
      answer: expect.stringMatching(/^[\w-]+$/),
      expiresAt: start + 86_400,
      ttl: start + 86_400,
      __edb_e__: "idempotency",
      __edb_v__: "1",
    });
    const text = JSON.stringify(record);
    const sealed = Buffer.from(String(record?.["answer"]), "base64url").toString("latin1");
    for (const word of [userId, key, "hidden", "violet", "readable", "register"])
      expect(text + sealed).not.toContain(word);
  });

  it("costs one put and one update, and later one put", async () => {
    const asked = operation();
    const operations = async () =>
      (await requestsOf(() => Idempotency.once(asked, runner()))).map(({ operation: name }) => name);
    expect(await operations()).toEqual(["PutItem", "UpdateItem"]);
    expect(await operations()).toEqual(["PutItem"]);
  });
});

it("whatever a caller takes for a key, it is one", async () => {
  const keys = ["", " ", "|", "a|b", "__proto__", "\0", "\ud800", "é", "k".repeat(5000)];
  for (const key of keys) {
    const asked = operation({ key });
    const first = await Idempotency.once(asked, runner());
    expect(await Idempotency.once(asked, runner())).toEqual(first);
  }
  expect((await refusalOf(Idempotency.once(operation({ key: "a|b", request: 1 }), runner()))).code).toBe(
    "idempotency_key_reused",
  );
});
