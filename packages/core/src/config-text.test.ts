import { describe, expect, it } from "vitest";
import { readConfig } from "./config.ts";
import { ConfigError } from "./error.ts";

const least = {
  STAGE: "prod",
  TABLE_NAME: "gatehouse-prod",
  ISSUER: "https://auth.example.com",
  AUDIENCE: "gatehouse",
  SECRETS: "ssm:/sst/gatehouse/prod/Secret",
};

function refusalOf(changes: Record<string, string | undefined>): string {
  try {
    readConfig({ ...least, ...changes });
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return "accepted";
}

describe("a text", () => {
  const what = {
    STAGE: "letters, digits and hyphens",
    TABLE_NAME: "the name of the DynamoDB table",
    ISSUER: "an http or https URL without a trailing slash, query or fragment",
    AUDIENCE: "the identifier of this API, without spaces",
    SECRETS: "ssm:/a/parameter/prefix or file:/an/absolute/path",
  };

  it.each(Object.entries(what))("%s must be set, to %s", (key, should) => {
    expect(refusalOf({ [key]: undefined })).toBe(`${key}: is not set; it should be ${should}`);
    expect(refusalOf({ [key]: "" })).toBe(`${key}: is not set; it should be ${should}`);
    for (const value of ["undefined", "null", " ", "\n"]) {
      expect(refusalOf({ [key]: value })).toBe(`${key}: should be ${should}`);
    }
  });

  const wrong = {
    STAGE: ["pr od", "prod/eu", "prod\n", "p".repeat(65)],
    TABLE_NAME: ["ab", "a table", "t".repeat(256), "arn:aws:dynamodb:eu-central-1:1:table/t"],
    ISSUER: [
      "auth.example.com",
      "https://auth.example.com/",
      "https://auth.example.com?a=1",
      "https://auth.example.com#a",
      "https://",
      "https://auth example.com",
      "https://:80",
      "ftp://auth.example.com",
      "https://[::1",
    ],
    AUDIENCE: ["gate house", "a".repeat(256), "gatehouse\n"],
    SECRETS: [
      "/a/path",
      "ssm:relative",
      "ssm:/",
      "ssm:/a b",
      "file:relative",
      "env:SECRETS",
      "https://a.example.com",
    ],
  };
  const rows = Object.entries(wrong).flatMap(([key, values]) => values.map((value) => [key, value] as const));

  it.each(rows)("%s must not be %j", (key, value) => {
    expect(refusalOf({ [key]: value })).toBe(`${key}: should be ${what[key as keyof typeof what]}`);
  });

  const endpoints = ["DYNAMODB_ENDPOINT", "JOB_QUEUE_URL", "SES_ENDPOINT", "SQS_ENDPOINT"];
  const urls = [...endpoints, "APP_URL", "BREACHED_PASSWORD_URL"];
  const none = [
    "127.0.0.1:8000",
    "undefined",
    "null",
    "http://127.0.0.1:8000/",
    "javascript:alert(1)",
    "//a.example",
  ];
  it.each(urls.flatMap((key) => none.map((value) => [key, value] as const)))(
    "%s must not be %j",
    (key, value) => {
      expect(refusalOf({ [key]: value })).toBe(`${key}: should be ${what.ISSUER}`);
    },
  );

  it.each(["localhost", "127.0.0.1", "127.0.0.1:8080/mirror", "127.1.2.3", "[::1]:8080"])(
    "BREACHED_PASSWORD_URL may be http://%s, where nobody else reads along",
    (host) => {
      expect(refusalOf({ BREACHED_PASSWORD_URL: `http://${host}` })).toBe("accepted");
      expect(refusalOf({ BREACHED_PASSWORD_URL: `https://${host}` })).toBe("accepted");
    },
  );

  const elsewhere = ["api.pwnedpasswords.com", "localhost.example.com", "127.0.0.1.example.com", "10.0.0.1"];
  it.each([...elsewhere, "127.0.0.1@example.com", "[::2]", "0.0.0.0"])(
    "BREACHED_PASSWORD_URL must not be http://%s, where others may",
    (host) => {
      expect(refusalOf({ BREACHED_PASSWORD_URL: `http://${host}` })).toBe(
        "BREACHED_PASSWORD_URL: should be an https URL, or an http one of this machine",
      );
    },
  );

  it.each([...urls, "APP_NAME", "MAIL_FROM"])("%s may be empty", (key) => {
    expect(readConfig({ ...least, [key]: "" })).toEqual(readConfig(least));
  });

  const names = [
    " Ada",
    "Ada ",
    " ",
    "Ada\nBcc: all@example.com",
    "Ada\u202e",
    "\0",
    "a".repeat(65),
    "undefined",
  ];
  it.each(names)("APP_NAME must not be %j", (value) => {
    expect(refusalOf({ APP_NAME: value })).toBe("APP_NAME: should be a name of up to 64 characters");
  });

  it.each(["A", "A B", 'Say "Hi" \\', "Ключ", "\u{1F511}", "a".repeat(64)])("APP_NAME may be %j", (value) => {
    expect(readConfig({ ...least, APP_NAME: value }).appName).toBe(value);
  });

  const addresses = [
    "gatehouse",
    "@example.com",
    "a@",
    "a b@example.com",
    "A <a@example.com>",
    "a@b@example.com",
  ];
  it.each([...addresses, '"a"@example.com', "a@example.com\n", "a,b@example.com", "a@exämple.com", "null"])(
    "MAIL_FROM must not be %j",
    (value) => {
      expect(refusalOf({ MAIL_FROM: value })).toBe("MAIL_FROM: should be an email address");
    },
  );
});
