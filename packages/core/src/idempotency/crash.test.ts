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

/** Runs an operation as far as its lock, as a function does that is cut off then. */
async function crash(asked: Idempotency.Operation): Promise<string> {
  let id = "";
  await intercepted(failing("keep", everyTry, before), () =>
    Idempotency.once(asked, async (run) => {
      id = run.id;
      return "done";
    }),
  );
  return id;
}

async function recordOf(runId: string): Promise<StoredItem> {
  const record = (await readTable()).find((item) => item["runId"] === runId);
  if (!record) throw new Error("there is no such record");
  return record;
}

describe("a run that was cut off", () => {
  it("is in progress until its lock is over, to the second", async () => {
    atSecond(0);
    const asked = operation();
    const id = await crash(asked);
    atSecond(14.999);
    expect(await codeOf(Idempotency.once(asked, runner()))).toBe("request_in_progress");
    atSecond(15);
    expect(await Idempotency.once(asked, runner())).toEqual({ of: id, isRepeat: true });
  });

  it("is taken over by exactly one of twenty", async () => {
    atSecond(0);
    const asked = operation();
    await crash(asked);
    atSecond(15);
    const run = runner();
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => Idempotency.once(asked, run)));
    expect(run).toHaveBeenCalledTimes(1);
    const refused = outcomes.flatMap((each) => (each.status === "rejected" ? [each.reason] : []));
    for (const reason of refused) expect(reason).toMatchObject({ code: "request_in_progress" });
  });

  it("is locked again by who takes it over", async () => {
    atSecond(0);
    const asked = operation();
    await crash(asked);
    atSecond(15);
    await crash(asked);
    atSecond(29.999);
    expect(await codeOf(Idempotency.once(asked, runner()))).toBe("request_in_progress");
    atSecond(30);
    expect(await Idempotency.once(asked, runner())).toMatchObject({ isRepeat: true });
  });

  it("cannot be taken over while the table is down, and stays as it is", async () => {
    const asked = operation();
    const id = await crash(asked);
    await putItem({ ...(await recordOf(id)), lockedUntil: 0 });
    const run = runner();
    const attempt = intercepted(failing("UpdateItem", everyTry, before), () => Idempotency.once(asked, run));
    expect(await codeOf(attempt)).toBe("unavailable");
    expect(run).not.toHaveBeenCalled();
    expect(await Idempotency.once(asked, run)).toEqual({ of: id, isRepeat: true });
  });

  it("keeps its id when a repeat is refused, since the run before may have changed something", async () => {
    const asked = operation();
    const id = await crash(asked);
    await putItem({ ...(await recordOf(id)), lockedUntil: 0 });
    const refused = () => Promise.reject(new AuthError("too_many_requests"));
    expect(await codeOf(Idempotency.once(asked, refused))).toBe("too_many_requests");
    expect(await Idempotency.once(asked, runner())).toEqual({ of: id, isRepeat: true });
  });
});
