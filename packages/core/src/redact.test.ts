import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { logIn } from "../test/session.ts";
import * as Code from "./code/index.ts";
import { forgetConfig } from "./config.ts";
import { newId, randomHex } from "./id.ts";
import * as Password from "./password/index.ts";
import { redact } from "./redact.ts";

const { token, refreshToken } = await logIn();
const code = await Code.mint(
  "reset_password",
  { userId: newId(), epoch: 0 },
  { email: "anna@example.com", jobId: newId() },
);
if (!code) throw new Error("no code was made");
const linkToken = await Code.linkToken(code);
const hash = await Password.hash("violet marmalade 93 tram");
vi.stubEnv("PASSWORD_HASH", "argon2id");
forgetConfig();
const ofArgon2id = await Password.hash("violet marmalade 93 tram");
vi.unstubAllEnvs();
forgetConfig();

const secrets: Record<string, string> = {
  "an access token": token,
  "an access token without its signature": token.split(".").slice(0, 2).join("."),
  "a refresh token": refreshToken,
  "a refresh token that is cut off": refreshToken.slice(0, -5),
  "the token of a link": linkToken,
  "the MAC of a refresh token": refreshToken.slice(-43),
  "the signature of an access token": token.split(".")[2] ?? "",
  "the hash of a password": hash.slice(hash.indexOf("$")),
  "one of Argon2id": ofArgon2id.slice(ofArgon2id.indexOf("$")),
};

describe.each(Object.entries(secrets))("%s", (_name, secret) => {
  it.each([
    ["alone", (text: string) => text],
    ["in quotes", (text: string) => `cannot read "${text}" as JSON`],
    ["in brackets", (text: string) => `{refreshToken:${text}}`],
    ["in a link", (text: string) => `https://app.example.com/reset-password#token=${text}`],
    ["twice", (text: string) => `${text} and ${text}`],
  ])("is taken out of a text %s", (_where, quote) => {
    const redacted = redact(quote(secret));
    expect(redacted).toBe(quote("(redacted)"));
  });

  it("is taken out wherever it stands in whatever text", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        expect(redact(`${before} ${secret} ${after}`)).not.toContain(secret);
      }),
    );
  });
});

describe("the value of a header that lets somebody in is taken out, and its name with it", () => {
  it.each([
    ["authorization: Bearer a.b.c", "(redacted)"],
    ['bad header "Authorization":"Bearer a.b.c"', 'bad header "(redacted)'],
    ["AUTHORIZATION = Basic dGVzdDp4\nat login", "(redacted)\nat login"],
    ["cookie: a=1; __Host-gatehouse-refresh=x", "(redacted)"],
    ["Set-Cookie: a=1; Path=/", "(redacted)"],
    ["not a cookie: __Host-gatehouse-refresh=x.y; Path=/", "not a (redacted)"],
    ["got __Host-gatehouse-refresh=x.y; Path=/", "got (redacted); Path=/"],
    ["sent Bearer abcdefghijklmnop", "sent (redacted)"],
    ["sent bearer  YWxhZGRpbjpvcGVuIHNlc2FtZQ==", "sent (redacted)"],
    ["sent Basic YWxhZGRpbjpvcGVuc2VzYW1l", "sent (redacted)"],
    ["sent DPoP abc.def~ghi+jkl/mno-p", "sent (redacted)"],
  ])("%j", (text, redacted) => {
    expect(redact(text)).toBe(redacted);
  });
});

it.each([
  "",
  "no bearer token",
  "its MAC is wrong",
  "typ is not that of an access token",
  "the authorization of the cookie jar",
  "TransactionCanceledException: Transaction cancelled, please refer cancellation reasons [ConditionalCheckFailed, None]",
  "getaddrinfo ENOTFOUND dynamodb.eu-central-1.amazonaws.com",
  "connect ECONNREFUSED 127.0.0.1:8000",
  "https://sqs.eu-central-1.amazonaws.com/123456789012/prod-gatehouse-jobs",
  "User: arn:aws:sts::123456789012:assumed-role/prod-gatehouse-login/prod-gatehouse-login is not authorized",
  "    at async Session.open (file:///var/task/packages/functions/src/login.mjs:31:1204)",
  `user ${newId()} in ${randomHex()}`,
  "0b1ae4a4-6c4f-4c43-8d0c-3f0f5f0a5a53",
])("what is no secret stays as it is: %j", (text) => {
  expect(redact(text)).toBe(text);
});
