import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { config, forgetConfig, readConfig } from "./config.ts";
import { ConfigError } from "./error.ts";

const least = {
  STAGE: "prod",
  TABLE_NAME: "gatehouse-prod",
  ISSUER: "https://auth.example.com",
  AUDIENCE: "gatehouse",
  SECRETS: "ssm:/sst/gatehouse/prod/Secret",
};

afterEach(() => {
  vi.unstubAllEnvs();
  forgetConfig();
});

function refusalOf(changes: Record<string, string | undefined>): string {
  try {
    readConfig({ ...least, ...changes });
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return "accepted";
}

it("five settings are enough", () => {
  expect(readConfig(least)).toEqual({
    stage: "prod",
    tableName: "gatehouse-prod",
    dynamodbEndpoint: undefined,
    issuer: "https://auth.example.com",
    audience: "gatehouse",
    secrets: "ssm:/sst/gatehouse/prod/Secret",
    secretsCacheSeconds: 300,
    accessTokenSeconds: 900,
    sessionSeconds: 2_592_000,
    sessionIdleSeconds: 1_209_600,
    cookieSameSite: "Lax",
    passwordCost: 10,
    passwordMinLength: 8,
    allowedOrigins: [],
  });
});

it("every setting can be set", () => {
  const all = {
    ...least,
    DYNAMODB_ENDPOINT: "http://127.0.0.1:8000",
    SECRETS: "file:/var/gatehouse/secrets.json",
    SECRETS_CACHE_SECONDS: "0",
    ACCESS_TOKEN_SECONDS: "60",
    SESSION_SECONDS: "34560000",
    SESSION_IDLE_SECONDS: "86400",
    COOKIE_SAME_SITE: "Strict",
    PASSWORD_COST: "12",
    PASSWORD_MIN_LENGTH: "15",
    ALLOWED_ORIGINS: "https://app.example.com, http://localhost:3000,",
  };
  expect(readConfig(all)).toMatchObject({
    dynamodbEndpoint: "http://127.0.0.1:8000",
    secrets: "file:/var/gatehouse/secrets.json",
    secretsCacheSeconds: 0,
    accessTokenSeconds: 60,
    sessionSeconds: 34_560_000,
    sessionIdleSeconds: 86_400,
    cookieSameSite: "Strict",
    passwordCost: 12,
    passwordMinLength: 15,
    allowedOrigins: ["https://app.example.com", "http://localhost:3000"],
  });
});

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

  it.each(["127.0.0.1:8000", "undefined", "null", "http://127.0.0.1:8000/"])(
    "DYNAMODB_ENDPOINT must not be %j",
    (value) => {
      expect(refusalOf({ DYNAMODB_ENDPOINT: value })).toBe(`DYNAMODB_ENDPOINT: should be ${what.ISSUER}`);
    },
  );
});

/** In seconds: the longest a browser keeps a cookie (RFC 6265bis, section 5.5). */
const fourHundredDays = 34_560_000;

describe.each([
  ["SECRETS_CACHE_SECONDS", 0, 3600],
  ["ACCESS_TOKEN_SECONDS", 60, 3600],
  ["SESSION_SECONDS", 60, fourHundredDays],
  ["SESSION_IDLE_SECONDS", 60, fourHundredDays],
  ["PASSWORD_COST", 10, 16],
  ["PASSWORD_MIN_LENGTH", 8, 64],
])("%s", (key, min, max) => {
  it(`is a whole number from ${min} to ${max}`, () => {
    expect(refusalOf({ [key]: String(min) })).toBe("accepted");
    expect(refusalOf({ [key]: String(max) })).toBe("accepted");
    expect(refusalOf({ [key]: "" })).toBe("accepted");
  });

  const others = [String(min - 1), String(max + 1), "undefined", "null", "NaN", "Infinity", "1e3", "60s"];
  it.each([...others, " 60", "60 ", "60.0", "-60", "+60", "0x40", "9".repeat(10), "true", "*"])(
    "is not %j",
    (value) => {
      expect(refusalOf({ [key]: value })).toBe(`${key}: should be a whole number from ${min} to ${max}`);
    },
  );
});

it("COOKIE_SAME_SITE is one of three words, and Lax where it is empty", () => {
  for (const word of ["Lax", "Strict", "None", ""]) {
    expect(readConfig({ ...least, COOKIE_SAME_SITE: word }).cookieSameSite).toBe(word || "Lax");
  }
  for (const other of ["lax", "NONE", "Lax ", "Lax; Domain=example.com", "undefined", "null", "0", "*"]) {
    expect(refusalOf({ COOKIE_SAME_SITE: other })).toBe(
      "COOKIE_SAME_SITE: should be one of Lax, Strict, None",
    );
  }
});

describe("ALLOWED_ORIGINS", () => {
  const none = [
    "*",
    "https://*",
    "https://*.example.com",
    "http://*:3000",
    "null",
    "undefined",
    "app.example.com",
    "https://app.example.com/",
    "https://app.example.com/path",
    "https://app.example.com:443",
    "https://App.example.com",
    "https://user@app.example.com",
    "ftp://app.example.com",
    "file:///app",
    "javascript:alert(1)",
    "https://",
  ];

  it.each(none)("does not let %j in, not even among good ones", (origin) => {
    const message = `ALLOWED_ORIGINS: should be exact origins separated by commas, like https://app.example.com; "${origin}" is none`;
    expect(refusalOf({ ALLOWED_ORIGINS: origin })).toBe(message);
    expect(refusalOf({ ALLOWED_ORIGINS: `https://app.example.com,${origin}` })).toBe(message);
  });

  it("may be empty", () => {
    for (const value of [undefined, "", ",", " , "]) {
      expect(readConfig({ ...least, ALLOWED_ORIGINS: value }).allowedOrigins).toEqual([]);
    }
  });
});

it("what was read cannot be changed", () => {
  const settings = readConfig({ ...least, ALLOWED_ORIGINS: "https://app.example.com" });
  expect(Object.isFrozen(settings)).toBe(true);
  expect(Object.isFrozen(settings.allowedOrigins)).toBe(true);
});

it("the environment is read on first use and kept until it is forgotten", () => {
  vi.stubEnv("AUDIENCE", "first");
  forgetConfig();
  expect(config().audience).toBe("first");
  vi.stubEnv("AUDIENCE", "second");
  expect(config().audience).toBe("first");
  forgetConfig();
  expect(config().audience).toBe("second");
});

it("a wrong environment is refused on every use", () => {
  vi.stubEnv("PASSWORD_COST", "8");
  forgetConfig();
  for (let use = 0; use < 2; use += 1) expect(() => config()).toThrow("PASSWORD_COST: should be");
});

it("property: an environment is either understood whole or refused by the name of a key", () => {
  const keys = [
    ...Object.keys(least),
    "DYNAMODB_ENDPOINT",
    "SECRETS_CACHE_SECONDS",
    "ACCESS_TOKEN_SECONDS",
    "SESSION_SECONDS",
    "SESSION_IDLE_SECONDS",
    "COOKIE_SAME_SITE",
    "PASSWORD_COST",
    "PASSWORD_MIN_LENGTH",
    "ALLOWED_ORIGINS",
  ];
  const value = fc.oneof(
    fc.string(),
    fc.webUrl(),
    fc.nat().map(String),
    fc.constantFrom("undefined", "*", ""),
  );
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...keys), value), (changes) => {
      const refusal = refusalOf(changes);
      if (refusal !== "accepted") expect(Object.keys(changes)).toContain(refusal.split(":")[0]);
    }),
  );
});
