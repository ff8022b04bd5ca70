import "../../../core/test/cheap-hashes.ts";
import "../../../core/test/without-pauses.ts";
import * as Session from "@gatehouse/core/session";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { type Line, overLine, type Try } from "../../../core/test/faulty-transport.ts";
import { handler } from "../../src/authorizer.ts";
import { recordedEvent } from "../authorizer-events.ts";
import { logInAgain, newPerson, type Person } from "../people.ts";
import { captureStdout } from "../stdout.ts";
import { type Case, casesOf, type Span, underFault } from "./every-call.ts";
import { type Fault, lostAnswers, nonsense, refusals, unreached, variants } from "./faults.ts";
import { broken } from "./wire-answers.ts";

const stdout = captureStdout();

let person: Person;
beforeEach(async () => {
  person = await newPerson();
});

/** `Allow` or `Deny` for a token; `neither` where the authorizer throws, and API Gateway lets nobody in. */
function answerTo(token: string): Promise<string> {
  return handler(recordedEvent("HTTP REQUEST 2.0", `Bearer ${token}`)).then(
    ({ policyDocument }) => String(policyDocument.Statement[0]?.Effect),
    () => "neither",
  );
}

async function callsFor(token: string): Promise<readonly Try[]> {
  const calls: Try[] = [];
  const listen: Line = (attempt, send) => {
    calls.push(attempt);
    return send();
  };
  await overLine(listen, () => answerTo(token));
  return calls;
}

/** What the authorizer says of a token while each of these faults strikes each of its calls. */
async function answersTo(token: string, faults: readonly Fault[], span: Span): Promise<[Case, string][]> {
  const answers: [Case, string][] = [];
  for (const each of casesOf(await callsFor(token), faults)) {
    answers.push([each, await underFault(each, span, () => answerTo(token))]);
  }
  return answers;
}

const passing = [...refusals, ...unreached, ...variants, ...lostAnswers];

describe("the authorizer, asked for a live token", () => {
  it("allows it in spite of a fault that passes", async () => {
    for (const [{ about }, answer] of await answersTo(person.token, passing, "once")) {
      expect(answer, about).toBe("Allow");
    }
  });

  it("neither allows nor denies it while the table cannot be asked, so that no answer is kept", async () => {
    for (const [{ about }, answer] of await answersTo(person.token, [...passing, ...nonsense], "lasting")) {
      expect(answer, about).toBe("neither");
    }
    expect(await answerTo(person.token)).toBe("Allow");
    expect(stdout.text()).not.toContain(person.token);
  });

  it("gives up before it is cut off, and says so", async () => {
    const time = new AbortController();
    const limit = vi.spyOn(AbortSignal, "timeout").mockReturnValueOnce(time.signal);
    let tries = 0;
    const silence: Line = async () => {
      tries += 1;
      time.abort();
      throw broken("ETIMEDOUT");
    };
    expect(await overLine(silence, () => answerTo(person.token))).toBe("neither");
    expect(tries).toBe(1);
    expect(limit).toHaveBeenCalledExactlyOnceWith(8000);
    expect(stdout.lines()).toMatchObject([{ message: "authorizer", error: { code: "unavailable" } }]);
  });
});

describe("the authorizer, asked for a token whose session has ended", () => {
  it("never allows it, whatever becomes of the question", async () => {
    const { token, context } = await logInAgain(person);
    await Session.end(person.user.id, context.sessionId);
    expect(await answerTo(token)).toBe("Deny");
    for (const span of ["once", "lasting"] as const) {
      for (const [{ about }, answer] of await answersTo(token, [...passing, ...nonsense], span)) {
        expect(["Deny", "neither"], about).toContain(answer);
      }
    }
  });
});
