import { afterEach, describe, expect, it, vi } from "vitest";
import { putItem, readTable, type StoredItem } from "../../test/items.ts";
import { codeOf } from "../../test/refusal.ts";
import { type Interceptor, intercepted, type Request } from "../../test/requests.ts";
import { atSecond } from "../../test/session.ts";
import { AuthError } from "../error.ts";
import { randomHex } from "../id.ts";
import * as Idempotency from "./index.ts";

afterEach(() => {
  vi.useRealTimers();
});

function operation(): Idempotency.Operation {
  return { route: "register", key: randomHex(), request: { email: "a@example.com" } };
}

function runner() {
  return vi.fn(async (run: Idempotency.Run) => ({ of: run.id, isRepeat: run.isRepeat }));
}

function timeOut(): Error {
  return Object.assign(new Error("no answer"), { name: "TimeoutError" });
}

const before = () => Promise.reject(timeOut());

async function after(send: () => Promise<void>): Promise<void> {
  await send().catch(() => undefined);
  throw timeOut();
}

/** What a request does: its operation, or `keep` for the one update that keeps an answer. */
function deedOf({ operation: name, input }: Request): string {
  return String(input["UpdateExpression"]).includes("#answer") ? "keep" : name;
}

/** Lets this operation go wrong this often, and every other request pass. */
function failing(
  name: string,
  times: number,
  fail: (send: () => Promise<void>) => Promise<void>,
): Interceptor {
  let left = times;
  return (request, send) => {
    if (deedOf(request) !== name || left === 0) return send();
    left -= 1;
    return fail(send);
  };
}

/** As often as the SDK tries. */
const everyTry = 3;

async function recordOf(runId: string): Promise<StoredItem> {
  const record = (await readTable()).find((item) => item["runId"] === runId);
  if (!record) throw new Error("there is no such record");
  return record;
}

describe("the lock", () => {
  it("whose answer is lost once is a lock like any other", async () => {
    const asked = operation();
    const run = runner();
    const first = await intercepted(failing("PutItem", 1, after), () => Idempotency.once(asked, run));
    expect(first).toMatchObject({ isRepeat: false });
    expect(await Idempotency.once(asked, run)).toEqual(first);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it.each([
    ["cannot be written", before],
    ["is written and nobody is told", after],
  ])("that %s runs nothing", async (_, fail) => {
    const asked = operation();
    const run = runner();
    const attempt = intercepted(failing("PutItem", everyTry, fail), () => Idempotency.once(asked, run));
    expect(await codeOf(attempt)).toBe("unavailable");
    expect(run).not.toHaveBeenCalled();
  });

  it("that was written and nobody was told of runs out, and the work is done then", async () => {
    atSecond(0);
    const asked = operation();
    const attempt = intercepted(failing("PutItem", everyTry, after), () => Idempotency.once(asked, runner()));
    expect(await codeOf(attempt)).toBe("unavailable");
    expect(await codeOf(Idempotency.once(asked, runner()))).toBe("request_in_progress");
    atSecond(15);
    expect(await Idempotency.once(asked, runner())).toMatchObject({ isRepeat: true });
  });
});

describe("an answer", () => {
  it.each([
    ["fails before it is written", before],
    ["is written and its answer is lost", after],
  ])("that %s once, is kept like any other", async (_, fail) => {
    const asked = operation();
    const run = runner();
    const first = await intercepted(failing("keep", 1, fail), () => Idempotency.once(asked, run));
    expect(await Idempotency.once(asked, run)).toEqual(first);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it("that cannot be kept is given all the same, and the run is repeated under its id", async () => {
    const asked = operation();
    const run = runner();
    const first = await intercepted(failing("keep", everyTry, before), () => Idempotency.once(asked, run));
    expect(first).toMatchObject({ isRepeat: false });
    expect(await codeOf(Idempotency.once(asked, run))).toBe("request_in_progress");
    await putItem({ ...(await recordOf(first.of)), lockedUntil: 0 });
    expect(await Idempotency.once(asked, run)).toEqual({ of: first.of, isRepeat: true });
    expect(run).toHaveBeenCalledTimes(2);
  });

  it("that was kept and nobody was told of is the answer", async () => {
    const asked = operation();
    const run = runner();
    const first = await intercepted(failing("keep", everyTry, after), () => Idempotency.once(asked, run));
    expect(await Idempotency.once(asked, run)).toEqual(first);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it("that is damaged is told to nobody and runs nothing", async () => {
    const asked = operation();
    const { of } = await Idempotency.once(asked, runner());
    await putItem({ ...(await recordOf(of)), answer: "A".repeat(60) });
    const run = runner();
    expect(await codeOf(Idempotency.once(asked, run))).toBe("internal_error");
    expect(run).not.toHaveBeenCalled();
  });
});

describe("a refusal", () => {
  const refusal = new AuthError("email_taken");
  const refuse = () => Promise.reject(refusal);

  it.each([
    ["fails", before],
    ["is done and nobody is told", after],
  ])("is told though the release of its key %s", async (_, fail) => {
    const asked = operation();
    const attempt = intercepted(failing("DeleteItem", everyTry, fail), () => Idempotency.once(asked, refuse));
    await expect(attempt).rejects.toBe(refusal);
  });

  it("whose key could not be released leaves a lock that runs out", async () => {
    atSecond(0);
    const asked = operation();
    const attempt = intercepted(failing("DeleteItem", everyTry, before), () =>
      Idempotency.once(asked, refuse),
    );
    await expect(attempt).rejects.toBe(refusal);
    expect(await codeOf(Idempotency.once(asked, runner()))).toBe("request_in_progress");
    atSecond(15);
    expect(await Idempotency.once(asked, runner())).toMatchObject({ isRepeat: true });
  });

  it("whose key is taken over meanwhile leaves it to who has it", async () => {
    const asked = operation();
    const other = runner();
    const refuseLate = async (run: Idempotency.Run) => {
      await putItem({ ...(await recordOf(run.id)), runId: "01j00000000000000000000000", lockedUntil: 0 });
      throw refusal;
    };
    await expect(Idempotency.once(asked, refuseLate)).rejects.toBe(refusal);
    expect(await Idempotency.once(asked, other)).toMatchObject({ isRepeat: true });
  });
});

it("a failure is told though the lock cannot be given back, and the lock runs out", async () => {
  atSecond(0);
  const asked = operation();
  const failure = new AuthError("unavailable");
  const attempt = intercepted(failing("UpdateItem", everyTry, before), () =>
    Idempotency.once(asked, () => Promise.reject(failure)),
  );
  await expect(attempt).rejects.toBe(failure);
  atSecond(14.999);
  expect(await codeOf(Idempotency.once(asked, runner()))).toBe("request_in_progress");
  atSecond(15);
  expect(await Idempotency.once(asked, runner())).toMatchObject({ isRepeat: true });
});

it("a fault of the request that keeps an answer is no outage, and is not passed over", async () => {
  const asked = operation();
  const fault = Object.assign(new Error("no such table"), {
    name: "ResourceNotFoundException",
    $fault: "client",
  });
  const attempt = intercepted(
    failing("keep", everyTry, () => Promise.reject(fault)),
    () => Idempotency.once(asked, runner()),
  );
  expect(await codeOf(attempt)).toBe("internal_error");
});
