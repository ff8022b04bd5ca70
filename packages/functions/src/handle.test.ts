import { errors, routes } from "@gatehouse/contract";
import { AuthError, ConfigError } from "@gatehouse/core/error";
import { describe, expect, it } from "vitest";
import { anything } from "../test/anything.ts";
import { call, lambdaContext } from "../test/call.ts";
import { eventOf } from "../test/event.ts";
import { captureStdout } from "../test/stdout.ts";
import { handle, pipeline } from "./handle.ts";

const stdout = captureStdout();

/** What a handler might throw, and each of which would say too much. */
const faults: [string, () => unknown][] = [
  ["an error", () => new Error("connect ECONNREFUSED 10.0.0.7:8000")],
  ["an error of the SDK with a status below 500", () => sdkError("ResourceNotFoundException", 400)],
  ["an error of the SDK about access", () => sdkError("AccessDeniedException", 403)],
  [
    "an error that means to be shown",
    () => Object.assign(new Error("table users-prod"), { statusCode: 404, expose: true }),
  ],
  ["a wrong setting", () => new ConfigError("PASSWORD_PEPPER", "should be 32 random bytes")],
  [
    "an error with a body of its own",
    () => Object.assign(new Error("x"), { statusCode: 200, body: "<h1>hi</h1>" }),
  ],
  ["a string", () => "password=correct horse battery"],
  ["an object", () => ({ statusCode: 418, message: "teapot", passwordHash: "$2b$10$x" })],
  ["a cycle", () => cycle()],
  ["undefined", () => undefined],
  ["null", () => null],
  ["a number", () => 0],
  ["a bigint", () => 1n],
  ["a symbol", () => Symbol("x")],
  ["a function", () => () => "x"],
];

function sdkError(name: string, status: number): Error {
  const error = new Error("Requested resource not found: Table: gatehouse-prod");
  return Object.assign(error, {
    name,
    statusCode: status,
    $fault: "client",
    $metadata: { httpStatusCode: status, requestId: "6T5EVLNQ", attempts: 3 },
  });
}

function cycle(): object {
  const object: { self?: object } = {};
  object.self = object;
  return object;
}

function throwing(fault: () => unknown) {
  return handle(anything, () => {
    throw fault();
  });
}

describe("a handler that throws", () => {
  it.each(faults)("answers a bare 500 for %s", async (_name, fault) => {
    const { status, body } = await call(throwing(fault));
    expect(status).toBe(500);
    expect(body.code).toBe("internal_error");
  });

  it("answers the same 500 whatever it was, apart from the correlation id", async () => {
    const texts = new Set<string>();
    for (const [index, [, fault]] of faults.entries()) {
      const { text, headers } = await call(throwing(fault), { requestId: `request-${index}` });
      expect(text).toContain(`"urn:request:request-${index}"`);
      texts.add(JSON.stringify(headers) + text.replace(`request-${index}`, ""));
    }
    expect(texts.size).toBe(1);
  });

  it("answers the code of an error of ours, wherever it stands among the causes", async () => {
    const wrapped = new Error("ElectroError", {
      cause: new Error("x", { cause: new AuthError("email_taken") }),
    });
    expect((await call(throwing(() => wrapped))).body.code).toBe("email_taken");
  });

  it.each(Object.keys(errors) as (keyof typeof errors)[])(
    "answers a problem document for %s",
    async (code) => {
      const fields = [{ pointer: "/x", message: "is wrong" }];
      const needsFields = code === "validation_failed" || code === "weak_password";
      // Whoever refuses for the rate knows until when.
      const wait = code === "too_many_requests" ? { retryAfterSeconds: 17 } : {};
      const fault = () => new AuthError(code, { ...(needsFields ? { fields } : {}), ...wait });
      const { status, body } = await call(throwing(fault));
      expect(status).toBe(errors[code].status);
      expect(body.errors).toEqual(needsFields ? fields : undefined);
    },
  );

  it("may reject as well as throw", async () => {
    const rejecting = handle(routes.health, () => Promise.reject(new Error("later")));
    expect((await call(rejecting)).status).toBe(500);
  });

  it("never shows in the answer what only the log may tell", async () => {
    const cause = new Error("the pepper is missing");
    const { text } = await call(throwing(() => new AuthError("unavailable", { cause })));
    expect(text).not.toContain("pepper");
    expect(stdout.text()).toContain("the pepper is missing");
  });
});

it("a handler that is not done when its time is up is unavailable, and the log says why", async () => {
  const never = handle(routes.health, () => new Promise<never>(() => {}));
  const context = { ...lambdaContext, getRemainingTimeInMillis: () => 1001 };
  const { status, body, headers } = await call(never, {}, context);
  expect([status, body.code, headers["retry-after"]]).toEqual([503, "unavailable", "1"]);
  expect(stdout.lines()).toMatchObject([
    { status: 503, error: { code: "unavailable", reason: "the time was up" } },
  ]);
});

describe("a middleware that throws", () => {
  const thrown = (): never => {
    throw Object.assign(new Error("secret"), { statusCode: 400 });
  };

  it.each([
    ["before the handler", { before: thrown }],
    ["after the handler", { after: thrown }],
    ["by rejecting", { before: async () => thrown() }],
  ])("%s still gives a problem document with the headers of any other answer", async (_name, middleware) => {
    const handler = pipeline(routes.health)
      .use(middleware)
      .handler(async () => ({ statusCode: 200, body: "{}" }));
    const { status, headers } = await call(handler, { headers: { origin: "https://app.example.com" } });
    expect(status).toBe(500);
    expect(headers["access-control-allow-origin"]).toBe("https://app.example.com");
  });

  it("leaves nothing of a finished answer in the problem document", async () => {
    const handler = pipeline(routes.health)
      .use({ after: thrown })
      .handler(async () => ({
        statusCode: 200,
        headers: { "X-Half": "done" },
        cookies: ["a=b"],
        body: "{}",
      }));
    const answer = (await handler(eventOf({}), lambdaContext)) as { cookies?: unknown };
    expect(JSON.stringify(answer)).not.toMatch(/X-Half|a=b/);
  });
});

describe("a handler that answers", () => {
  it("gives its result as JSON under the route's status", async () => {
    const { status, body } = await call(handle(routes.health, () => ({ status: "ok" as const })));
    expect([status, body]).toEqual([200, { status: "ok" }]);
  });

  it("answers 500 where its result is nothing JSON can say", async () => {
    const unspeakable = handle(routes.health, () => ({ status: 1n }) as never);
    expect((await call(unspeakable)).status).toBe(500);
  });

  it("is told the body, the params, the query and where the request came from, and of no actor on an open route", async () => {
    let told: unknown;
    const handler = handle(routes.login, (input) => {
      told = input;
      throw new AuthError("invalid_credentials");
    });
    await call(handler, {
      body: { email: "test@example.com", password: "x" },
      context: { userId: "u", sessionId: "s", scope: "profile:read", exp: 9e9 },
    });
    expect(told).toEqual({
      body: { email: "test@example.com", password: "x" },
      params: {},
      query: {},
      cookieTokens: [],
      meta: { requestId: "JKJaXmPLvHcESHA=", sourceIp: "198.51.100.7", userAgent: "curl/8.9.1" },
      actor: undefined,
    });
  });

  it("keeps no state of one request for the next one in the same container", async () => {
    const bodies: unknown[] = [];
    const handler = handle(routes.changeMe, ({ body, actor }) => {
      bodies.push([body, actor.userId]);
      throw new AuthError("unavailable");
    });
    const context = { sessionId: "s", scope: "profile:write", exp: 9e9 };
    await Promise.all(
      ["a", "b", "c"].map((userId) =>
        call(handler, { body: { name: `name of ${userId}` }, context: { ...context, userId } }),
      ),
    );
    expect(bodies).toEqual(["a", "b", "c"].map((userId) => [{ name: `name of ${userId}` }, userId]));
  });
});
