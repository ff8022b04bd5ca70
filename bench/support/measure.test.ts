import { expect, it } from "vitest";
import { differencesOf } from "./differences.ts";
import { type Ask, type Comparison, measure } from "./measure.ts";

const bodies = (name: string) =>
  Array.from({ length: 4 }, (_, round) => ({ email: `${name}-${round}@example.com` }));
const comparison: Comparison = {
  what: "POST /login",
  kinds: [
    { name: "known", bodies: bodies("known") },
    { name: "unknown", bodies: bodies("unknown") },
  ],
};

/** Answers each request with the status for its email, after as many milliseconds, and notes the email. */
function answering(statusFor: (email: string) => number): { ask: Ask; asked: string[] } {
  const asked: string[] = [];
  const ask: Ask = async (_, body) => {
    const { email } = body as { email: string };
    asked.push(email);
    const status = statusFor(email);
    return { status, headers: [], body: `of ${email}`, milliseconds: status };
  };
  return { ask, asked };
}

it("each kind is asked for once a round, with a body of its own", async () => {
  const { ask, asked } = answering(() => 401);
  const samples = await measure(comparison, ask);
  expect(samples.map(({ name, milliseconds }) => [name, milliseconds])).toEqual([
    ["known", [401, 401, 401, 401]],
    ["unknown", [401, 401, 401, 401]],
  ]);
  expect(asked.toSorted()).toEqual([...bodies("known"), ...bodies("unknown")].map(({ email }) => email));
});

it("answers that are alike differ in nothing, and others in what is told", async () => {
  const alike = await measure(comparison, answering(() => 401).ask);
  expect(differencesOf("POST /login", alike)).toEqual([]);
  const once = answering((email) => (email === "unknown-2@example.com" ? 404 : 401));
  expect(differencesOf("POST /login", await measure(comparison, once.ask))).toEqual([
    "POST /login, unknown: 404, not 401",
  ]);
});

it("a round that does not count is taken again, and leaves no sample", async () => {
  let blocked = false;
  const { ask, asked } = answering(() => (blocked ? 429 : 401));
  const accepts = async (answers: readonly { status: number }[]) => {
    const counts = answers.every(({ status }) => status === 429);
    blocked = true;
    return counts;
  };
  const samples = await measure({ ...comparison, accepts }, ask);
  expect(samples.flatMap(({ milliseconds }) => milliseconds)).toEqual(Array(8).fill(429));
  expect(asked).toHaveLength(10);
});

it("it gives up where no round counts", async () => {
  const never = measure({ ...comparison, accepts: async () => false }, answering(() => 401).ask);
  await expect(never).rejects.toThrow("no answer of POST /login is one that counts");
});
