/**
 * Runs before each test file: a table of its own in the shared local database, secrets of its own, an outbox
 * (packages/functions/test/outbox.ts), and the environment that a deployed function would have. No file sees what
 * another one wrote. A file that logs a secret fails (packages/functions/test/leaks.ts).
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateSecrets } from "@gatehouse/core/generate-secrets";
import { afterAll, inject } from "vitest";
import { rememberSecrets, takeLeaks, watchOutput } from "../packages/functions/test/leaks.ts";
import { openOutbox } from "../packages/functions/test/outbox.ts";
import { createTestTable } from "../packages/local/test/support/table.ts";

const folder = mkdtempSync(join(tmpdir(), "gatehouse-test-"));
const secretsFile = join(folder, "secrets.json");
const secrets = JSON.stringify(generateSecrets());
writeFileSync(secretsFile, secrets, { mode: 0o600 });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

watchOutput();
rememberSecrets(...(secrets.match(/[\w-]{43,}/g) ?? []));
afterAll(() => {
  const leaks = takeLeaks();
  if (leaks.length > 0) throw new Error(`a secret stands in the log:\n${leaks.join("\n")}`);
});

const outbox = await openOutbox();
afterAll(() => outbox.stop());

const endpoint = inject("databaseEndpoint");

Object.assign(process.env, {
  STAGE: "test",
  TABLE_NAME: await createTestTable(endpoint),
  DYNAMODB_ENDPOINT: endpoint,
  AWS_REGION: "eu-central-1",
  AWS_ACCESS_KEY_ID: "local",
  AWS_SECRET_ACCESS_KEY: "local",
  ISSUER: "https://auth.example.com",
  AUDIENCE: "gatehouse",
  SECRETS: `file:${secretsFile}`,
  ALLOWED_ORIGINS: "https://app.example.com",
  APP_URL: "https://app.example.com",
  JOB_QUEUE_URL: outbox.queueUrl,
  SQS_ENDPOINT: outbox.endpoint,
  SES_ENDPOINT: outbox.endpoint,
  MAIL_FROM: "gatehouse@example.com",
  // Most tests guess from one source.
  SOURCE_FAILURES_PER_HOUR: "1000000",
  FAILURES_PER_MINUTE: "1000000",
});
