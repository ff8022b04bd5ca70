import { forgetConfig } from "@gatehouse/core/config";
import * as Session from "@gatehouse/core/session";
import * as User from "@gatehouse/core/user";
import { afterEach, describe, expect, it, vi } from "vitest";
import { recordedEvent, shapes } from "../test/authorizer-events.ts";
import { newPerson, type Person, tokenWithScope } from "../test/people.ts";
import { captureStdout } from "../test/stdout.ts";
import { deleteItem, setAttribute } from "../test/table.ts";
import { handler } from "./authorizer.ts";

const stdout = captureStdout();

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  forgetConfig();
});

const api = "arn:aws:execute-api:eu-central-1:123456789012:abcdef1234";

function denial(stage: string) {
  return {
    principalId: "nobody",
    policyDocument: {
      Version: "2012-10-17",
      Statement: [{ Action: "execute-api:Invoke", Effect: "Deny", Resource: [`${stage}/*/*`] }],
    },
  };
}

const ask = (authorization: string) => handler(recordedEvent("HTTP REQUEST 2.0", authorization));

describe.each(shapes)("asked by a %s event, the authorizer", (shape) => {
  const stage = `${api}/${shape.startsWith("REST") ? "prod" : "$default"}`;

  it("allows a live token every route of the stage but the admin ones, and tells whose it is", async () => {
    const { token, context } = await newPerson();
    expect(await handler(recordedEvent(shape, `Bearer ${token}`))).toEqual({
      principalId: context.userId,
      policyDocument: {
        Version: "2012-10-17",
        Statement: [
          { Action: "execute-api:Invoke", Effect: "Allow", Resource: [`${stage}/*/*`] },
          {
            Action: "execute-api:Invoke",
            Effect: "Deny",
            Resource: [`${stage}/*/admin`, `${stage}/*/admin/*`],
          },
        ],
      },
      context: {
        ...context,
        roles: "",
        clientId: "first-party",
        tokenId: expect.stringMatching(/^[0-9a-f]{32}$/),
        authTime: expect.any(Number),
      },
    });
  });

  it("accepts the scheme in any case, and the token without one", async () => {
    const { token, user } = await newPerson();
    for (const authorization of [`bearer ${token}`, `BEARER ${token}`, token]) {
      expect(await handler(recordedEvent(shape, authorization))).toMatchObject({ principalId: user.id });
    }
  });

  it.each(["", "Bearer", "Basic dGVzdDp4", "Bearer a.b.c", "Bearer undefined", "allow", "{}"])(
    "denies the stage to %j",
    async (authorization) => {
      expect(await handler(recordedEvent(shape, authorization))).toEqual(denial(stage));
    },
  );

  it("tells the roles the person has now, whatever the token was made with", async () => {
    const { token, user } = await newPerson();
    const roles = { L: [{ S: "editor" }, { S: "billing" }] };
    await setAttribute(`user#${user.id}`, "profile", "roles", roles);
    const { context } = await handler(recordedEvent(shape, token));
    expect(context?.["roles"]).toBe("editor billing");
  });

  it("answers nothing but text, numbers and booleans as context, and no JSON in the text", async () => {
    const { token } = await newPerson();
    const { context } = await handler(recordedEvent(shape, `Bearer ${token}`));
    for (const value of Object.values(context ?? {})) {
      expect(["string", "number", "boolean"]).toContain(typeof value);
      expect(String(value)).not.toMatch(/["{}[\]\\]/);
    }
  });
});

describe("the authorizer", () => {
  it("allows a token no more than its scope covers", async () => {
    const token = await tokenWithScope(await newPerson(), "profile:read");
    const { policyDocument } = await ask(`Bearer ${token}`);
    expect(JSON.stringify(policyDocument)).toContain(`"${api}/$default/PATCH/me"`);
    expect(JSON.stringify(policyDocument)).not.toContain('GET/me"');
  });

  it("denies a token from the moment it expires", async () => {
    const { token, context } = await newPerson();
    vi.useFakeTimers({ toFake: ["Date"], now: context.exp * 1000 - 1 });
    expect(await ask(`Bearer ${token}`)).toMatchObject({ principalId: context.userId });
    vi.setSystemTime(context.exp * 1000);
    expect(await ask(`Bearer ${token}`)).toEqual(denial(`${api}/$default`));
  });

  it("denies a token whose session has ended", async () => {
    const { token, context } = await newPerson();
    await Session.end(context.userId, context.sessionId);
    expect(await ask(`Bearer ${token}`)).toEqual(denial(`${api}/$default`));
    expect(stdout.lines()).toMatchObject([
      { error: { code: "invalid_token", reason: "its session or its user has ended" } },
    ]);
  });

  it("denies a token whose session has run out, though its item is still stored", async () => {
    vi.stubEnv("SESSION_IDLE_SECONDS", "60");
    forgetConfig();
    const { token, context } = await newPerson();
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 58_000 });
    expect(await ask(`Bearer ${token}`)).toMatchObject({ principalId: context.userId });
    vi.setSystemTime(Date.now() + 2000);
    expect(await ask(`Bearer ${token}`)).toEqual(denial(`${api}/$default`));
  });

  it("denies a token whose person is gone, or disabled, or was in between", async () => {
    const [gone, disabled, back] = [await newPerson(), await newPerson(), await newPerson()];
    await deleteItem(`user#${gone.user.id}`, "profile");
    await User.setStatus(disabled.email, "disabled");
    await User.setStatus(back.email, "disabled");
    await User.setStatus(back.email, "active");
    for (const { token } of [gone, disabled, back]) {
      expect(await ask(`Bearer ${token}`)).toEqual(denial(`${api}/$default`));
    }
  });

  it("denies a session in which another one sits now", async () => {
    const person = await newPerson();
    const { sessionId } = person.context;
    const earlier = sessionId.slice(0, 2) + "0".repeat(26);
    const before: Person = { ...person, context: { ...person.context, sessionId: earlier } };
    const token = await tokenWithScope(before, "profile:read");
    expect(await ask(`Bearer ${token}`)).toEqual(denial(`${api}/$default`));
  });

  it("denies another person's session to a token", async () => {
    const [one, other] = [await newPerson(), await newPerson()];
    const mixed: Person = { ...one, context: { ...one.context, sessionId: other.context.sessionId } };
    const token = await tokenWithScope(mixed, "profile:read");
    expect(await ask(`Bearer ${token}`)).toEqual(denial(`${api}/$default`));
  });

  it("denies a token in a doubled header, even where both are good", async () => {
    const { token } = await newPerson();
    expect(await ask(`Bearer ${token}, Bearer ${token}`)).toEqual(denial(`${api}/$default`));
    expect(await ask(`Bearer ${token},Bearer ${token}`)).toEqual(denial(`${api}/$default`));
    expect(await ask(`Bearer "${token}"`)).toEqual(denial(`${api}/$default`));
  });

  it("denies a good token that stands anywhere but in the header", async () => {
    const { token } = await newPerson();
    const event = {
      ...recordedEvent("HTTP REQUEST 2.0", ""),
      headers: { cookie: `token=${token}`, "x-token": token },
      identitySource: [],
      cookies: [`token=${token}`],
      rawQueryString: `access_token=${token}`,
      queryStringParameters: { access_token: token },
      body: `access_token=${token}`,
    };
    expect(await handler(event)).toEqual(denial(`${api}/$default`));
  });

  it("denies everything where the event names no stage, even to a good token", async () => {
    const { token } = await newPerson();
    const event = { ...recordedEvent("HTTP REQUEST 2.0", `Bearer ${token}`), routeArn: "arn:aws:s3:::x/y/z" };
    const { policyDocument } = await handler(event);
    expect(policyDocument.Statement).toEqual([
      { Action: "execute-api:Invoke", Effect: "Deny", Resource: ["*"] },
    ]);
  });

  it("keeps the token out of its log, its context and its answer, allowed or denied", async () => {
    const { token, context } = await newPerson();
    const tampered = `${token.slice(0, -4)}AAAA`;
    const answers = [await ask(`Bearer ${token}`), await ask(`Bearer ${tampered}`)];
    await Session.end(context.userId, context.sessionId);
    answers.push(await ask(`Bearer ${token}`));
    const told = JSON.stringify(answers) + stdout.text();
    for (const part of [...token.split("."), ...tampered.split(".")]) expect(told).not.toContain(part);
  });

  it("counts a denial, and nothing where it allows", async () => {
    await ask("Bearer e30.e30.e30");
    expect(stdout.counts()).toMatchObject([{ AuthorizerDenials: 1, service: "gatehouse", stage: "test" }]);
    const { token } = await newPerson();
    await ask(`Bearer ${token}`);
    expect(stdout.counts()).toHaveLength(1);
  });

  it("says in one line of its log why a token was denied, and in its answer never", async () => {
    const answer = await ask("Bearer e30.e30.e30");
    expect(stdout.lines()).toEqual([
      {
        level: "WARN",
        service: "gatehouse",
        timestamp: expect.any(String),
        message: "authorizer",
        correlationId: "JKJaXmPLvHcESHA=",
        error: { code: "invalid_token", reason: "typ is not that of an access token" },
      },
    ]);
    expect(JSON.stringify(answer)).not.toMatch(/typ|reason/);
  });
});
