import { readConfig } from "@gatehouse/core/config";
import { ConfigError } from "@gatehouse/core/error";
import { expect, test } from "vitest";
import { authorizerCacheSeconds, functionEnvironment } from "./environment.ts";

const surroundings = {
  url: "http://localhost:3000",
  databaseEndpoint: "http://127.0.0.1:8000",
  secretsFile: "/data/secrets.json",
  queueUrl: "http://127.0.0.1:8001/000000000000/jobs",
  awsEndpoint: "http://127.0.0.1:8001",
};

test("without any setting the functions find the database, the secrets and their own address", () => {
  expect(readConfig(functionEnvironment({}, surroundings))).toMatchObject({
    stage: "local",
    dynamodbEndpoint: "http://127.0.0.1:8000",
    issuer: "http://localhost:3000",
    audience: "gatehouse",
    secrets: "file:/data/secrets.json",
    allowedOrigins: ["http://localhost:5173", "http://localhost:3000"],
  });
});

test("their queue and their SES are those of this machine, and links in mails lead to its own pages", () => {
  expect(readConfig(functionEnvironment({}, surroundings))).toMatchObject({
    jobQueueUrl: surroundings.queueUrl,
    sqsEndpoint: surroundings.awsEndpoint,
    sesEndpoint: surroundings.awsEndpoint,
    mailTransport: "ses",
    mailFrom: "gatehouse@localhost.localdomain",
    appUrl: "http://localhost:3000",
  });
  const shell = { APP_URL: "http://localhost:5173", MAIL_TRANSPORT: "console", JOB_QUEUE_URL: "https://aws" };
  expect(readConfig(functionEnvironment(shell, surroundings))).toMatchObject({
    appUrl: "http://localhost:5173",
    mailTransport: "ses",
    jobQueueUrl: surroundings.queueUrl,
  });
});

test("a setting of the shell reaches the functions", () => {
  const shell = { PASSWORD_COST: "11", ALLOWED_ORIGINS: "https://app.example.com", AUDIENCE: "shop" };
  expect(readConfig(functionEnvironment(shell, surroundings))).toMatchObject({
    passwordCost: 11,
    allowedOrigins: ["https://app.example.com"],
    audience: "shop",
  });
});

test("every key the functions read is passed on or set here", () => {
  const read = new Set<string>();
  const complete = functionEnvironment({}, surroundings);
  readConfig(
    new Proxy(complete, {
      get: (target, key: string) => {
        read.add(key);
        return target[key];
      },
    }),
  );
  const marked = Object.fromEntries([...read].map((key) => [key, "mark"]));
  const seen = new Set<string>();
  const shell = new Proxy(marked, {
    get: (_, key: string) => {
      seen.add(key);
      return undefined;
    },
  });
  functionEnvironment(shell, surroundings);
  const lambdasOwn = ["AWS_LAMBDA_LOG_LEVEL"];
  expect([...read].filter((key) => !seen.has(key) && !(key in complete))).toEqual(lambdasOwn);
});

test("nothing else of the shell does, least of all its AWS account", () => {
  const shell = {
    AWS_ACCESS_KEY_ID: "AKIA0",
    AWS_PROFILE: "prod",
    STAGE: "prod",
    ISSUER: "https://prod",
    HOME: "/",
  };
  const environment = functionEnvironment(shell, surroundings);
  expect(environment).toMatchObject({ AWS_ACCESS_KEY_ID: "local", STAGE: "local", ISSUER: surroundings.url });
  expect(environment).not.toHaveProperty("AWS_PROFILE");
  expect(environment).not.toHaveProperty("HOME");
});

test.each([
  ["PASSWORD_COST", "3"],
  ["ALLOWED_ORIGINS", "*"],
])("a wrong %s is refused by name", (key, value) => {
  const read = () => functionEnvironment({ [key]: value }, surroundings);
  expect(read).toThrow(ConfigError);
  expect(read).toThrow(new RegExp(`^${key}: should be `));
});

test("answers of the authorizer are kept for 60 s, or as long as is set, an hour at most", () => {
  expect(authorizerCacheSeconds({})).toBe(60);
  expect(authorizerCacheSeconds({ AUTHORIZER_CACHE_SECONDS: "0" })).toBe(0);
  expect(authorizerCacheSeconds({ AUTHORIZER_CACHE_SECONDS: "3600" })).toBe(3600);
  for (const wrong of ["3601", "-1", "1.5", "soon"]) {
    const read = () => authorizerCacheSeconds({ AUTHORIZER_CACHE_SECONDS: wrong });
    expect(read).toThrow("AUTHORIZER_CACHE_SECONDS: should be a whole number from 0 to 3600");
  }
});
