import { forgetConfig } from "@gatehouse/core/config";
import { afterEach, describe, expect, it, vi } from "vitest";
import { call } from "../test/call.ts";
import { clearOutbox, failNext, jobs } from "../test/outbox.ts";
import { newEmail, password } from "../test/people.ts";
import { captureStdout } from "../test/stdout.ts";
import { readPeople, readTable } from "../test/table.ts";
import { handler } from "./register.ts";

const stdout = captureStdout();

const register = (body: unknown, more: object = {}) => call(handler, { path: "/register", body, ...more });

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  forgetConfig();
});

describe("registering", () => {
  it("answers 201 and the user, with the fields the contract names and no others", async () => {
    const email = `Test.${newEmail()}`;
    const { status, body } = await register({ email, password, name: "Zoë", locale: "pt-BR" });
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.stringMatching(/^[0-9a-hjkmnp-tv-z]{26}$/),
      email,
      emailVerified: false,
      name: "Zoë",
      locale: "pt-BR",
      picture: null,
      roles: [],
      createdAt: expect.stringMatching(/Z$/),
      updatedAt: body.createdAt,
    });
  });

  it("answers 409 for a taken email in any case, and leaves the account as it was", async () => {
    const email = newEmail();
    await register({ email, password });
    const before = await readPeople();
    const { status, body } = await register({ email: email.toUpperCase(), password: "another good phrase" });
    expect([status, body.code]).toEqual([409, "email_taken"]);
    expect(await readPeople()).toEqual(before);
  });

  it("answers 422 for a weak password, says why, and creates nothing", async () => {
    const before = await readPeople();
    const { status, body } = await register({ email: newEmail(), password: "password1" });
    expect([status, body.code]).toEqual([422, "weak_password"]);
    expect(body.errors).toEqual([{ pointer: "/password", message: expect.any(String) }]);
    expect(await readPeople()).toEqual(before);
  });

  it("leaves one job behind, for a mail to the address as typed", async () => {
    clearOutbox();
    const email = `Test.${newEmail()}`;
    const { body } = await register({ email, password });
    expect(jobs()).toEqual([{ id: body.id, kind: "registered", userId: body.id, email }]);
  });

  it("is done all the same where the queue takes nothing, and the log says that nobody was mailed", async () => {
    clearOutbox();
    failNext(2, "queue");
    const email = newEmail();
    expect((await register({ email, password })).status).toBe(201);
    expect(stdout.lines()).toContainEqual({
      level: "ERROR",
      service: "gatehouse",
      timestamp: expect.any(String),
      correlationId: expect.any(String),
      message: "a job was not queued",
      kind: "registered",
    });
    expect(stdout.text()).not.toContain(email);
  });

  it("answers one source 429 for taken and free emails alike once it has had its share of the hour", async () => {
    vi.stubEnv("SOURCE_LIMIT_PER_HOUR", "3");
    forgetConfig();
    vi.useFakeTimers({ toFake: ["Date"], now: Math.floor(Date.now() / 3_600_000) * 3_600_000 + 60_000 });
    const [taken, sourceIp] = [newEmail(), "203.0.113.8"];
    await register({ email: taken, password }, { sourceIp: "203.0.113.7" });
    for (const [email, status] of [
      [newEmail(), 201],
      [taken, 409],
      [newEmail(), 201],
    ] as const) {
      expect((await register({ email, password }, { sourceIp })).status).toBe(status);
    }
    const before = await readPeople();
    for (const email of [taken, newEmail()]) {
      const { status, headers, body } = await register({ email, password }, { sourceIp });
      expect([status, headers["retry-after"], body.code]).toEqual([429, "3540", "too_many_requests"]);
    }
    expect(await readPeople()).toEqual(before);
    expect((await register({ email: taken, password }, { sourceIp: "203.0.113.9" })).status).toBe(409);
  });

  it("writes no password into the table or the log, and no hash into the log", async () => {
    await register({ email: newEmail(), password: "a phrase nobody else has" });
    expect(JSON.stringify(await readTable())).not.toContain("a phrase nobody else has");
    expect(stdout.text()).not.toMatch(/a phrase nobody|bcrypt|@example\.com/);
  });
});
