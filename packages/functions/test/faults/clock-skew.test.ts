import { expect, it } from "vitest";
import { type Line, overLine } from "../../../core/test/faulty-transport.ts";
import { call } from "../call.ts";
import { handlerOf } from "../handler-of.ts";
import { newPerson } from "../people.ts";
import { captureStdout } from "../stdout.ts";
import { refuses } from "./wire-answers.ts";

captureStdout();

/** Minutes since midnight. */
function minutesOf(signedAt: string): number {
  return Number(signedAt.slice(9, 11)) * 60 + Number(signedAt.slice(11, 13));
}

it.each([60, -60])(
  "a table whose clock is %d minutes ahead is asked again by its own clock",
  async (minutes) => {
    const { context, user } = await newPerson();
    const handler = await handlerOf("me");
    const signed: string[] = [];
    const date = new Date(Date.now() + minutes * 60_000).toUTCString();
    const line: Line = async ({ signedAt }, send) => {
      if (signed.push(signedAt) > 1) return send();
      const { headers, ...answer } = refuses(400, "InvalidSignatureException", {
        message: "Signature expired",
      });
      return { ...answer, headers: { ...headers, date } };
    };
    const { status, body } = await overLine(line, () => call(handler, { method: "GET", context }));
    expect([status, body.id]).toEqual([200, user.id]);
    const [before = "", after = "", ...more] = signed;
    expect(more).toEqual([]);
    const shift = (minutesOf(after) - minutesOf(before) + 1440) % 1440;
    expect([minutes, minutes + 1].map((each) => (each + 1440) % 1440)).toContain(shift);
  },
);
