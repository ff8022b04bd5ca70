import { describe, expect, it } from "vitest";
import { judge, report } from "./attack-report.ts";
import type { Phase } from "./watch.ts";

const victim = { email: "victim@example.com", home: "127.3.0.1" };
const campaign = { name: "one account", atOnce: 1, guess: () => ({ email: "", password: "", from: "" }) };
const outcome = (status: number, milliseconds = 100) => ({ status, milliseconds });
const guesses = (count: number, status: number, email = victim.email) =>
  Array.from({ length: count }, () => ({ email, password: "", from: "127.4.0.1", ...outcome(status) }));

function phase(change: Partial<Phase> = {}): Phase {
  return {
    seconds: 60,
    visits: [{ logIn: outcome(200), me: outcome(200, 5), refresh: outcome(200, 5) }],
    victimsVisits: [{ logIn: outcome(200) }],
    waged: [],
    stalls: { longestMs: 20, p99Ms: 10 },
    ...change,
  };
}

/** As many evaluated as the curve lets through in a minute, and many that were not. */
const within = { campaign, tries: [...guesses(10, 401), ...guesses(500, 429)] };

describe("a promise is broken", () => {
  it("by nothing where everybody came in and the attacker was held to the curve", () => {
    expect(judge(phase({ waged: [within] }), victim)).toEqual([]);
  });

  it("by one guess more, and by a right one like by a wrong one", () => {
    const more = (status: number) => ({ campaign, tries: [...within.tries, ...guesses(1, status)] });
    const line = "11 guesses at one account were evaluated, where 10 are promised";
    expect(judge(phase({ waged: [more(401)] }), victim)).toEqual([line]);
    expect(judge(phase({ waged: [more(200)] }), victim)).toEqual([line]);
  });

  it("by no number of guesses at many accounts", () => {
    const spray = Array.from({ length: 90 }, (_, index) => guesses(1, 401, `${index}@example.com`)).flat();
    expect(judge(phase({ waged: [within, { campaign, tries: spray }] }), victim)).toEqual([]);
  });

  it("by anybody who is refused from home, or gets no answer", () => {
    const refused = phase({
      visits: [{ logIn: outcome(429) }, { logIn: outcome(0) }, { logIn: outcome(200), me: outcome(401) }],
      victimsVisits: [{ logIn: outcome(429) }],
    });
    expect(judge(refused, victim)).toEqual([
      "a known user's log-in was refused: 1 with 0, 1 with 429",
      "their GET /me was refused: 1 with 401",
      "the victim's own log-in was refused: 1 with 429",
    ]);
  });
});

it("the report tells every time as a ratio", () => {
  const slower = phase({
    visits: [{ logIn: outcome(200, 150) }],
    waged: [within],
    stalls: { longestMs: 50, p99Ms: 25 },
  });
  const told = report(phase(), slower, victim).replaceAll(/ {2,}/g, "  ");
  expect(told).toContain("a known user's log-in  1  1  1.50  1.50");
  expect(told).toContain("their GET /me  0  0  -  -");
  expect(told).toContain("one account  510  10 with 401, 500 with 429");
  expect(told).toContain("evaluated against the victim: 10; promised at the most: 10");
  expect(told).toContain("evaluated from one address at the most: 10");
  expect(told).toContain("in quiet log-ins: 0.50 at the longest, 0.25 at p99; in quiet 0.20 at the longest");
});
