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

/** Every setting there is. */
const all = {
  ...least,
  DYNAMODB_ENDPOINT: "http://127.0.0.1:8000",
  DYNAMODB_CLIENT: "slim",
  SECRETS: "file:/var/gatehouse/secrets.json",
  SECRETS_CACHE_SECONDS: "0",
  ACCESS_TOKEN_SECONDS: "60",
  SESSION_SECONDS: "34560000",
  SESSION_IDLE_SECONDS: "86400",
  COOKIE_SAME_SITE: "Strict",
  PASSWORD_HASH: "argon2id",
  PASSWORD_COST: "12",
  PASSWORD_MIN_LENGTH: "15",
  BREACHED_PASSWORD_CHECK: "hibp",
  BREACHED_PASSWORD_URL: "https://pwned.example.com/mirror",
  ALLOWED_ORIGINS: "https://app.example.com, http://localhost:3000,",
  APP_URL: "https://app.example.com/account",
  APP_NAME: "Ada’s \u{1F511} Notes",
  JOB_QUEUE_URL: "https://sqs.eu-central-1.amazonaws.com/123456789012/prod-jobs",
  MAIL_TRANSPORT: "console",
  MAIL_FROM: "no-reply@mail.example.com",
  MAIL_CONFIGURATION_SET: "prod-gatehouse-mails",
  SES_ENDPOINT: "http://127.0.0.1:9000",
  SQS_ENDPOINT: "http://127.0.0.1:9001",
  SOURCE_LIMIT_PER_HOUR: "1000000",
  SOURCE_FAILURES_PER_HOUR: "1",
  FAILURES_PER_MINUTE: "999999",
  EVENT_RETENTION_SECONDS: "86400",
  CONCEAL_ACCOUNTS: "false",
  REQUIRE_VERIFIED_EMAIL: "true",
  LOG_LEVEL: "ERROR",
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
    dynamodbClient: "slim",
    issuer: "https://auth.example.com",
    audience: "gatehouse",
    secrets: "ssm:/sst/gatehouse/prod/Secret",
    secretsCacheSeconds: 300,
    accessTokenSeconds: 900,
    sessionSeconds: 2_592_000,
    sessionIdleSeconds: 1_209_600,
    cookieSameSite: "Lax",
    passwordHash: "bcrypt",
    passwordCost: 10,
    passwordMinLength: 8,
    breachedPasswordCheck: "off",
    breachedPasswordUrl: "https://api.pwnedpasswords.com",
    allowedOrigins: [],
    appUrl: "https://auth.example.com",
    appName: "Gatehouse",
    jobQueueUrl: undefined,
    mailTransport: "ses",
    mailFrom: undefined,
    mailConfigurationSet: undefined,
    sesEndpoint: undefined,
    sqsEndpoint: undefined,
    sourceLimitPerHour: 100,
    sourceFailuresPerHour: 100,
    failuresPerMinute: 1200,
    eventRetentionSeconds: 34_560_000,
    concealAccounts: false,
    requireVerifiedEmail: false,
    logLevel: "INFO",
  });
});

it("every setting can be set", () => {
  expect(readConfig(all)).toMatchObject({
    dynamodbEndpoint: "http://127.0.0.1:8000",
    secrets: "file:/var/gatehouse/secrets.json",
    secretsCacheSeconds: 0,
    accessTokenSeconds: 60,
    sessionSeconds: 34_560_000,
    sessionIdleSeconds: 86_400,
    cookieSameSite: "Strict",
    passwordHash: "argon2id",
    passwordCost: 12,
    passwordMinLength: 15,
    breachedPasswordCheck: "hibp",
    breachedPasswordUrl: "https://pwned.example.com/mirror",
    allowedOrigins: ["https://app.example.com", "http://localhost:3000"],
    appUrl: "https://app.example.com/account",
    appName: "Ada’s \u{1F511} Notes",
    jobQueueUrl: "https://sqs.eu-central-1.amazonaws.com/123456789012/prod-jobs",
    mailTransport: "console",
    mailFrom: "no-reply@mail.example.com",
    mailConfigurationSet: "prod-gatehouse-mails",
    sesEndpoint: "http://127.0.0.1:9000",
    sqsEndpoint: "http://127.0.0.1:9001",
    sourceLimitPerHour: 1_000_000,
    sourceFailuresPerHour: 1,
    failuresPerMinute: 999_999,
    eventRetentionSeconds: 86_400,
    concealAccounts: false,
    requireVerifiedEmail: true,
    logLevel: "ERROR",
  });
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
  ["SOURCE_LIMIT_PER_HOUR", 1, 1_000_000],
  ["SOURCE_FAILURES_PER_HOUR", 1, 1_000_000],
  ["FAILURES_PER_MINUTE", 1, 1_000_000],
  ["EVENT_RETENTION_SECONDS", 86_400, 315_360_000],
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

it("PASSWORD_HASH is one of two words, and bcrypt where it is empty", () => {
  for (const word of ["bcrypt", "argon2id", ""])
    expect(readConfig({ ...least, PASSWORD_HASH: word }).passwordHash).toBe(word || "bcrypt");
  for (const other of ["argon2", "Bcrypt", "scrypt"])
    expect(refusalOf({ PASSWORD_HASH: other })).toBe("PASSWORD_HASH: should be one of bcrypt, argon2id");
});

it("MAIL_TRANSPORT is one of two words, and ses where it is empty", () => {
  for (const word of ["ses", "console", ""])
    expect(readConfig({ ...least, MAIL_TRANSPORT: word }).mailTransport).toBe(word || "ses");
  for (const other of ["SES", "smtp", "console ", "undefined"])
    expect(refusalOf({ MAIL_TRANSPORT: other })).toBe("MAIL_TRANSPORT: should be one of ses, console");
});

it("BREACHED_PASSWORD_CHECK is one of two words, and off where it is empty", () => {
  for (const word of ["off", "hibp", ""])
    expect(readConfig({ ...least, BREACHED_PASSWORD_CHECK: word }).breachedPasswordCheck).toBe(word || "off");
  for (const other of ["on", "true", "HIBP", "hibp ", "undefined"])
    expect(refusalOf({ BREACHED_PASSWORD_CHECK: other })).toBe(
      "BREACHED_PASSWORD_CHECK: should be one of off, hibp",
    );
});

describe.each(["CONCEAL_ACCOUNTS", "REQUIRE_VERIFIED_EMAIL"])("%s", (key) => {
  it("is on, off, or off where it is empty", () => {
    const isOn = (value: string) => readConfig({ ...least, [key]: value }).requireVerifiedEmail;
    expect(["true", "false", ""].map(isOn)).toEqual([true, false, false]);
  });

  it.each(["True", "1", "yes", "on", "true ", "undefined", "null"])("is not %j", (value) => {
    expect(refusalOf({ [key]: value })).toBe(`${key}: should be one of false, true`);
  });
});

it("where accounts are concealed the email must be verified, whatever else is said", () => {
  const concealed = { ...least, CONCEAL_ACCOUNTS: "true", REQUIRE_VERIFIED_EMAIL: "false" };
  expect(readConfig(concealed)).toMatchObject({ concealAccounts: true, requireVerifiedEmail: true });
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
  const keys = Object.keys(all);
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
