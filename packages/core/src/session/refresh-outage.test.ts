import { DynamoDBServiceException, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { afterEach, describe, expect, it, vi } from "vitest";
import { codeOf } from "../../test/refusal.ts";
import { type Interceptor, intercepted } from "../../test/requests.ts";
import { logIn, opens, origin, recordOf, refreshedSession, storedSession } from "../../test/session.ts";
import * as Session from "./index.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

function timeOut(): Error {
  return Object.assign(new Error("no answer"), { name: "TimeoutError" });
}

function throttled(): Error {
  const name = "ProvisionedThroughputExceededException";
  return new DynamoDBServiceException({ name, $fault: "client", message: name, $metadata: {} });
}

/** What can go wrong with one request. */
const fail = {
  before: () => Promise.reject(timeOut()),
  throttled: () => Promise.reject(throttled()),
  after: async (send: () => Promise<void>) => {
    await send().catch(() => undefined);
    throw timeOut();
  },
};

/** Lets an operation go wrong this often, and every other request pass. */
function failing(
  operation: string,
  times: number,
  fail: (send: () => Promise<void>) => Promise<void>,
): Interceptor {
  let left = times;
  return (request, send) => {
    if (request.operation !== operation || left === 0) return send();
    left -= 1;
    return fail(send);
  };
}

/** As often as the SDK tries. */
const everyTry = 3;

describe.each([
  ["fails before it reaches the table", fail.before],
  ["is throttled", fail.throttled],
  ["is done and its answer is lost", fail.after],
])("a refresh whose update %s", (_, fail) => {
  it("once, is a refresh like any other", async () => {
    const held = await logIn();
    const refreshed = await intercepted(failing("UpdateItem", 1, fail), () =>
      Session.refresh(held.refreshToken, origin),
    );
    expect(await storedSession(held)).toMatchObject({ generation: 1 });
    expect(await opens(refreshed.token)).toBe(true);
    await expect(Session.refresh(refreshed.refreshToken, origin)).resolves.toHaveProperty("token");
    expect(await recordOf(held)).toEqual(["logged_in"]);
  });

  it("on every try, is unavailable, and the same token leads on afterwards", async () => {
    const held = await logIn();
    const attempt = intercepted(failing("UpdateItem", everyTry, fail), () =>
      Session.refresh(held.refreshToken, origin),
    );
    expect(await codeOf(attempt)).toBe("unavailable");
    const refreshed = await Session.refresh(held.refreshToken, origin);
    expect(await storedSession(held)).toMatchObject({ generation: 1 });
    expect(await opens(refreshed.token)).toBe(true);
    await expect(Session.refresh(refreshed.refreshToken, origin)).resolves.toHaveProperty("token");
    expect(await recordOf(held)).toEqual(["logged_in"]);
  });

  it("on every try while a grace runs, gives the successor afterwards that others have already", async () => {
    const { chain, ...held } = await refreshedSession(1);
    const attempt = intercepted(failing("UpdateItem", everyTry, fail), () =>
      Session.refresh(chain[0] ?? "", origin),
    );
    expect(await codeOf(attempt)).toBe("unavailable");
    const again = await Session.refresh(chain[0] ?? "", origin);
    expect(again.refreshToken).toBe(held.refreshToken);
  });
});

describe.each([
  ["fails before it reaches the table", fail.before, "refresh_token_reused"],
  ["is throttled", fail.throttled, "refresh_token_reused"],
  ["is done and its answer is lost", fail.after, "session_ended"],
])("the end of a reused session whose transaction %s", (_, fail, next) => {
  it("once, is an end with one event", async () => {
    const { chain, ...held } = await refreshedSession(2);
    const attempt = intercepted(failing("TransactWriteItems", 1, fail), () =>
      Session.refresh(chain[0] ?? "", origin),
    );
    expect(await codeOf(attempt)).toBe("refresh_token_reused");
    expect(await storedSession(held)).toBeUndefined();
    expect(await recordOf(held)).toEqual(["logged_in", "refresh_token_reused"]);
  });

  it("on every try, is left to whoever comes next, and nobody gets a token meanwhile", async () => {
    const { chain, ...held } = await refreshedSession(2);
    const attempt = intercepted(failing("TransactWriteItems", everyTry, fail), () =>
      Session.refresh(chain[0] ?? "", origin),
    );
    expect(await codeOf(attempt)).toBe("unavailable");
    expect(await codeOf(Session.refresh(chain[0] ?? "", origin))).toBe(next);
    expect(await storedSession(held)).toBeUndefined();
    expect(await recordOf(held)).toEqual(["logged_in", "refresh_token_reused"]);
  });
});

describe("the end of a reused session that collides with another transaction", () => {
  function collision(): Error {
    return new TransactionCanceledException({
      message: "canceled",
      $metadata: {},
      CancellationReasons: [{ Code: "TransactionConflict" }, { Code: "None" }],
    });
  }

  function colliding(times: number): Interceptor {
    vi.spyOn(Math, "random").mockReturnValue(0);
    return failing("TransactWriteItems", times, () => Promise.reject(collision()));
  }

  it("is tried again and made", async () => {
    const { chain, ...held } = await refreshedSession(2);
    const attempt = intercepted(colliding(4), () => Session.refresh(chain[0] ?? "", origin));
    expect(await codeOf(attempt)).toBe("refresh_token_reused");
    expect(await recordOf(held)).toEqual(["logged_in", "refresh_token_reused"]);
  });

  it("five times in a row is unavailable, and the next presenter ends it", async () => {
    const { chain, ...held } = await refreshedSession(2);
    const attempt = intercepted(colliding(5), () => Session.refresh(chain[0] ?? "", origin));
    expect(await codeOf(attempt)).toBe("unavailable");
    expect(await storedSession(held)).toBeDefined();
    expect(await recordOf(held)).toEqual(["logged_in"]);
    expect(await codeOf(Session.refresh(chain[0] ?? "", origin))).toBe("refresh_token_reused");
    expect(await recordOf(held)).toEqual(["logged_in", "refresh_token_reused"]);
  });
});

it("a table that refuses the request itself is a fault of ours and costs nobody the session", async () => {
  const { refreshToken } = await logIn();
  const refusal = new DynamoDBServiceException({
    name: "ValidationException",
    $fault: "client",
    message: "no",
    $metadata: { httpStatusCode: 400 },
  });
  const attempt = intercepted(
    failing("UpdateItem", 1, () => Promise.reject(refusal)),
    () => Session.refresh(refreshToken, origin),
  );
  expect(await codeOf(attempt)).toBe("internal_error");
  await expect(Session.refresh(refreshToken, origin)).resolves.toHaveProperty("token");
});
