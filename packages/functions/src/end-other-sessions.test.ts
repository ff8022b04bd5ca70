import { expect, it } from "vitest";
import { call } from "../test/call.ts";
import { logInAgain, newPerson, type Person } from "../test/people.ts";
import { captureStdout } from "../test/stdout.ts";
import { handler } from "./end-other-sessions.ts";
import * as refresh from "./refresh.ts";
import * as sessions from "./sessions.ts";

captureStdout();

const endOthers = ({ context }: Person) => call(handler, { method: "DELETE", path: "/me/sessions", context });

async function idsOf({ context }: Person): Promise<string[]> {
  const { body } = await call(sessions.handler, { method: "GET", context });
  return body.sessions.map(({ id }: { id: string }) => id);
}

it("all of a person's sessions end but the one that asks, and how many is told", async () => {
  const [person, bystander] = [await newPerson(), await newPerson()];
  const others = [await logInAgain(person), await logInAgain(person), await logInAgain(person)];
  const { status, body } = await endOthers(person);
  expect([status, body]).toEqual([200, { ended: 3 }]);
  expect(await idsOf(person)).toEqual([person.context.sessionId]);
  for (const { refreshToken } of others) {
    expect((await call(refresh.handler, { body: { refreshToken } })).body.code).toBe("session_ended");
  }
  expect(await idsOf(bystander)).toEqual([bystander.context.sessionId]);
});

it("whoever has no other session ends none", async () => {
  const person = await newPerson();
  expect((await endOthers(person)).body).toEqual({ ended: 0 });
  expect(await idsOf(person)).toEqual([person.context.sessionId]);
});
