import { forgetConfig } from "@gatehouse/core/config";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { call } from "../test/call.ts";
import { logInAgain, newPerson, type Person, password } from "../test/people.ts";
import { captureStdout } from "../test/stdout.ts";
import { readTable } from "../test/table.ts";
import * as login from "./login.ts";
import * as refresh from "./refresh.ts";
import { handler } from "./sessions.ts";

captureStdout();

let person: Person;
beforeEach(async () => {
  person = await newPerson();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  forgetConfig();
});

function pass(seconds: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + seconds * 1000 });
}

const list = ({ context }: Person) => call(handler, { method: "GET", path: "/me/sessions", context });

describe("listing one's sessions", () => {
  it("tells of each the device, the place and the times, and changes nothing", async () => {
    const deviceLabel = "Ada's phone";
    const body = { email: person.email, password, deviceLabel };
    await call(login.handler, { body, sourceIp: "203.0.113.9", userAgent: "phone/1.0" });
    const before = await readTable();
    const { status, body: listed } = await list(person);
    expect(status).toBe(200);
    expect(listed.sessions).toHaveLength(2);
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/);
    const times = { createdAt: time, lastUsedAt: time, expiresAt: time };
    const id = expect.stringMatching(/^[0-4]\d[0-9a-hjkmnp-tv-z]{26}$/);
    expect(listed.sessions).toEqual(
      expect.arrayContaining([
        { id, current: false, label: deviceLabel, sourceIp: "203.0.113.9", userAgent: "phone/1.0", ...times },
        {
          id: person.context.sessionId,
          current: true,
          label: null,
          sourceIp: "192.0.2.1",
          userAgent: null,
          ...times,
        },
      ]),
    );
    expect(await readTable()).toEqual(before);
  });

  it("puts the one used last first", async () => {
    pass(10);
    const second = await logInAgain(person);
    pass(10);
    await logInAgain(person);
    pass(10);
    await call(refresh.handler, { body: { refreshToken: second.refreshToken } });
    const { body } = await list(second);
    const used = body.sessions.map(({ lastUsedAt }: { lastUsedAt: string }) => lastUsedAt);
    expect(body.sessions[0]).toMatchObject({ id: second.context.sessionId, current: true });
    expect(used).toEqual(used.toSorted().reverse());
    expect(new Set(used).size).toBe(3);
  });

  it("leaves out those that have ended by themselves, whatever is still stored", async () => {
    vi.stubEnv("SESSION_IDLE_SECONDS", "60");
    forgetConfig();
    person = await newPerson();
    pass(61);
    const fresh = await logInAgain(person);
    expect((await list(fresh)).body.sessions).toMatchObject([{ id: fresh.context.sessionId }]);
  });

  it("shows nothing that could be presented as a token", async () => {
    const { text } = await list(person);
    for (const token of [person.token, person.refreshToken]) {
      for (const secret of [token, token.split(".").at(-1)]) expect(text).not.toContain(secret);
    }
    expect(text).not.toMatch(/generation|epoch|seat/);
  });
});
