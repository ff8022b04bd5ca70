import { limits } from "@gatehouse/contract";
import { expect, test } from "vitest";
import { missingForMail, missingForPages, settingsOf } from "./stage.ts";
import { throttleOf } from "./throttles.ts";

test.each(["prod", "staging"])("%s keeps its data, whatever happens to the stage", (stage) => {
  expect(settingsOf(stage)).toMatchObject({
    removal: "retain",
    pointInTimeRecovery: true,
    deletionProtection: true,
  });
});

test.each(["anna", "dev", "pr-12", "constructor", "__proto__"])("%s is a personal stage", (stage) => {
  expect(settingsOf(stage)).toMatchObject({
    removal: "destroy",
    pointInTimeRecovery: false,
    deletionProtection: false,
  });
});

test("staging differs from prod in how much it takes and keeps, and in whom its mails are from, and in nothing else", () => {
  const different = ["throttleShare", "logInConcurrency", "logRetention", "mail"] as const;
  const [staging, prod] = [settingsOf("staging"), settingsOf("prod")].map((settings) => ({ ...settings }));
  for (const name of different) {
    expect(staging?.[name]).not.toEqual(prod?.[name]);
    delete staging?.[name];
    delete prod?.[name];
  }
  expect(staging).toEqual(prod);
});

test.each(["prod", "staging"])(
  "%s hashes as many log-ins at once as its gateway lets through at once",
  (stage) => {
    const settings = settingsOf(stage);
    expect(settings.logInConcurrency).toBe(throttleOf(limits.routes.login, settings).burst);
  },
);

test("a personal stage reserves nothing: those of a whole team share one account", () => {
  expect(settingsOf("anna")).not.toHaveProperty("logInConcurrency");
});

test.each(["prod", "staging", "anna"])("the settings of %s are such as the gateway takes", (stage) => {
  const { allowedOrigins, authorizerCacheSeconds, throttleShare } = settingsOf(stage);
  expect(allowedOrigins.map((origin) => new URL(origin).origin)).toEqual(allowedOrigins);
  expect(authorizerCacheSeconds).toBeGreaterThanOrEqual(0);
  expect(authorizerCacheSeconds).toBeLessThanOrEqual(3600);
  expect(throttleShare).toBeGreaterThan(0);
  expect(throttleShare).toBeLessThanOrEqual(1);
});

test("only a stage that is thrown away writes links and codes to its log", () => {
  expect(settingsOf("anna").mail).toEqual({ transport: "console" });
  for (const stage of ["prod", "staging"]) expect(settingsOf(stage).mail.transport).toBe("ses");
});

test("a personal stage lets in who has verified nothing, and says that an email is taken; prod does neither", () => {
  expect(settingsOf("anna")).toMatchObject({ requireVerifiedEmail: false, concealAccounts: false });
  expect(settingsOf("prod")).toMatchObject({ requireVerifiedEmail: true, concealAccounts: true });
});

test("a personal stage, whose callers are all one source, takes more of it than prod does", () => {
  const ofOneSource = ["SOURCE_LIMIT_PER_HOUR", "SOURCE_FAILURES_PER_HOUR"];
  expect(settingsOf("anna").functionSettings).toEqual(
    Object.fromEntries(ofOneSource.map((name) => [name, "10000"])),
  );
  for (const name of ofOneSource) expect(settingsOf("prod").functionSettings).not.toHaveProperty(name);
});

const { appUrl: _, ...unset } = settingsOf("anna");
const ses = (from: string) => ({ transport: "ses", from }) as const;

test.each([
  [
    "mail.from and appUrl",
    { ...unset, mail: ses("no-reply@example.com") },
    /^mail\.from .* and appUrl .* in stacks\/stage\.ts$/,
  ],
  [
    "mail.from",
    { ...unset, mail: ses("a@example.com"), appUrl: "https://app.test" },
    /^mail\.from (?!.*appUrl)/,
  ],
  ["appUrl", { ...unset, mail: ses("a@example.com.test") }, /^appUrl .* in stacks\/stage\.ts$/],
])("%s of a stage is to be set before mails are of use", (_, settings, message) => {
  expect(missingForMail(settings)).toMatch(message);
});

test("nothing is missing where mails go out from a domain of one's own and lead to pages", () => {
  const settings = { ...unset, mail: ses("no-reply@mail.test"), appUrl: "https://app.test" };
  expect(missingForMail(settings)).toBeUndefined();
  expect(missingForMail(settingsOf("anna"))).toBeUndefined();
  for (const stage of ["prod", "staging"]) expect(missingForMail(settingsOf(stage))).toContain("mail.from");
});

test.each(["prod", "staging", "anna"])(
  "%s has no pages, and nothing to set for them, until it asks",
  (stage) => {
    expect(settingsOf(stage).pages).toBeUndefined();
    expect(missingForPages(settingsOf(stage))).toBeUndefined();
  },
);

test.each([
  ["has no appUrl", { appUrl: undefined, allowedOrigins: ["https://d1.cloudfront.net"] }],
  [
    "has the appUrl of a laptop",
    { appUrl: "http://localhost:5173", allowedOrigins: ["http://localhost:5173"] },
  ],
  ["does not allow its origin", { appUrl: "https://d1.cloudfront.net", allowedOrigins: [] }],
])("a stage with pages that %s is told what to set", (_, { appUrl, allowedOrigins }) => {
  const settings = { ...unset, pages: { transport: "bearer" }, allowedOrigins } as const;
  expect(missingForPages(appUrl === undefined ? settings : { ...settings, appUrl })).toMatch(
    /^the output WebUrl/,
  );
});

test("nothing is missing where the pages are allowed and mails lead to them", () => {
  const allowedOrigins = ["http://localhost:5173", "https://d1.cloudfront.net"];
  const settings = { ...unset, pages: { transport: "bearer" }, appUrl: "https://d1.cloudfront.net" } as const;
  expect(missingForPages({ ...settings, allowedOrigins })).toBeUndefined();
});
