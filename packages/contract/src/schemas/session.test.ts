import { Ajv } from "ajv";
import type { TSchema } from "typebox";
import { describe, expect, it } from "vitest";
import { Credentials, RefreshRequest, SessionParams } from "./session.ts";

// As scripts/build-validators.ts compiles them.
const ajv = new Ajv({ allErrors: true, coerceTypes: false });

function accepts(schema: TSchema): (value: unknown) => boolean {
  const validate = ajv.compile(schema);
  return (value) => validate(value);
}

describe("a log-in", () => {
  const isLogIn = accepts(Credentials);
  const good = { email: "test@example.com", password: "correct horse battery" };

  it.each(["bearer", "cookie"])("may ask for its refresh token by %s", (transport) => {
    expect(isLogIn({ ...good, transport })).toBe(true);
  });

  it.each(["", "Cookie", "COOKIE", "cookie ", "header", "none", null, true, 1, ["cookie"], {}])(
    "may not ask for it by %j",
    (transport) => {
      expect(isLogIn({ ...good, transport })).toBe(false);
    },
  );

  it.each(["Anna's phone", "\u5C71\u7530", "l".repeat(100)])("may be labelled %.20j", (deviceLabel) => {
    expect(isLogIn({ ...good, deviceLabel })).toBe(true);
  });

  it.each(["", "l".repeat(101), "a\nb", "a\0", "\uD800", 7, null, {}])(
    "may not be labelled %.20j",
    (deviceLabel) => {
      expect(isLogIn({ ...good, deviceLabel })).toBe(false);
    },
  );

  it.each(["sessionId", "refreshToken", "generation", "expiresAt", "scope"])(
    "cannot bring its %s",
    (field) => {
      expect(isLogIn({ ...good, [field]: "0001j00000000000000000000000" })).toBe(false);
    },
  );
});

describe("a request with a refresh token", () => {
  const isRequest = accepts(RefreshRequest);

  it("holds it as a text, or nothing where the cookie does", () => {
    for (const body of [{}, { refreshToken: "a.b.0.c" }, { refreshToken: "" }]) {
      expect(isRequest(body)).toBe(true);
    }
    expect(isRequest({ refreshToken: "t".repeat(512) })).toBe(true);
  });

  it.each([
    null,
    [],
    "a.b.0.c",
    { refreshToken: "t".repeat(513) },
    { refreshToken: null },
    { refreshToken: 1 },
    { refreshToken: ["a.b.0.c"] },
    { refreshToken: "a.b.0.c", transport: "cookie" },
    { refreshToken: "a.b.0.c", userId: "01j00000000000000000000000" },
  ])("is not %.60j", (body) => {
    expect(isRequest(body)).toBe(false);
  });
});

describe("the id of a session in a path", () => {
  const isId = accepts(SessionParams);

  it("is 28 letters and digits", () => {
    expect(isId({ sessionId: "0001j00000000000000000000000" })).toBe(true);
  });

  it.each([
    "",
    "0001j0000000000000000000000",
    "0001j000000000000000000000000",
    "0001J00000000000000000000000",
    "0001j0000000000000000000000#",
    "0001j0000000000000000000000\n",
    "0001j0000000000000000000000\u212A",
    "profile",
    "../../user#0001j000000000000",
  ])("is not %j", (sessionId) => {
    expect(isId({ sessionId })).toBe(false);
  });
});
