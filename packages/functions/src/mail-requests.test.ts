/** The two open routes that have a mail sent, whoever asks: what they answer, queue and refuse. */
import { forgetConfig } from "@gatehouse/core/config";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { call } from "../test/call.ts";
import { clearOutbox, delayedJobs, failNext, jobs } from "../test/outbox.ts";
import { newEmail } from "../test/people.ts";
import { captureStdout } from "../test/stdout.ts";
import { readPeople } from "../test/table.ts";
import * as forgotPassword from "./forgot-password.ts";
import * as requestEmailVerification from "./request-email-verification.ts";

const stdout = captureStdout();

beforeEach(clearOutbox);
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  forgetConfig();
});

describe.each([
  ["asking for a mail to verify an email", requestEmailVerification.handler, "verify_email"],
  ["asking for a mail to reset a password", forgotPassword.handler, "reset_password"],
])("%s", (_name, handler, kind) => {
  const ask = (body: unknown, more: object = {}) => call(handler, { body, ...more });

  it("answers 202 at once and leaves one job behind, with the address as typed", async () => {
    const email = `Test.${newEmail()}`;
    const { status, body } = await ask({ email });
    expect([status, body]).toEqual([202, { status: "ACCEPTED" }]);
    expect(delayedJobs()).toEqual([
      { job: { id: expect.stringMatching(/^[0-9a-hjkmnp-tv-z]{26}$/), kind, email }, delaySeconds: 0 },
    ]);
    expect(await readPeople()).toEqual([]);
  });

  it.each([
    ["nothing", {}, "/email"],
    ["no address", { email: "nobody" }, "/email"],
    ["an address with a line break", { email: "a@example.com\nBcc: b@example.com" }, "/email"],
    ["two addresses", { email: "a@example.com,b@example.com" }, "/email"],
    ["an address with a letter beyond ASCII", { email: "\u212Aa@example.com" }, "/email"],
    ["a list", { email: ["a@example.com"] }, "/email"],
    ["an object", { email: { $ne: null } }, "/email"],
    ["null", { email: null }, "/email"],
    ["10,000 characters", { email: `a@${"x".repeat(10_000)}.com` }, "/email"],
    ["where its link should lead", { email: "a@example.com", url: "https://evil.example" }, "/url"],
  ])("refuses %s with 422 and a pointer, and queues nothing", async (_what, sent, pointer) => {
    const { status, body } = await ask(sent);
    expect([status, body.code]).toEqual([422, "validation_failed"]);
    expect(body.errors.map((error: { pointer: string }) => error.pointer)).toEqual([pointer]);
    expect(jobs()).toEqual([]);
  });

  it("answers 503 where the queue takes nothing, and works again when it does", async () => {
    const email = newEmail();
    failNext(2, "queue");
    const { status, headers, body } = await ask({ email });
    expect([status, headers["retry-after"], body.code]).toEqual([503, "1", "unavailable"]);
    expect(jobs()).toEqual([]);
    expect((await ask({ email })).status).toBe(202);
    expect(jobs()).toMatchObject([{ kind, email }]);
  });

  it("answers one source 429 with the seconds left of the hour, and others as before", async () => {
    vi.stubEnv("SOURCE_LIMIT_PER_HOUR", "2");
    forgetConfig();
    const hour = Math.ceil(Date.now() / 3_600_000) * 3_600_000;
    vi.useFakeTimers({ toFake: ["Date"], now: hour + 600_000 });
    const sourceIp = `203.0.113.${kind.length}`;
    for (const status of [202, 202, 429]) {
      expect((await ask({ email: newEmail() }, { sourceIp })).status).toBe(status);
    }
    const refused = await ask({ email: newEmail() }, { sourceIp });
    expect([refused.body.code, refused.headers["retry-after"]]).toEqual(["too_many_requests", "3000"]);
    expect(jobs()).toHaveLength(2);
    const forged = { sourceIp, headers: { "x-forwarded-for": "203.0.113.77" } };
    expect((await ask({ email: newEmail() }, forged)).status).toBe(429);
    expect((await ask({ email: newEmail() }, { sourceIp: `203.0.114.${kind.length}` })).status).toBe(202);
    vi.setSystemTime(hour + 3_600_000);
    expect((await ask({ email: newEmail() }, { sourceIp })).status).toBe(202);
  });

  it("tells its log no address", async () => {
    await ask({ email: newEmail() });
    failNext(2, "queue");
    await ask({ email: newEmail() });
    expect(stdout.lines().length).toBeGreaterThan(1);
    expect(stdout.text()).not.toContain("@example.com");
  });
});
