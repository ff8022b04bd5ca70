import { afterAll, beforeAll, expect, it } from "vitest";
import { setSecrets } from "../../test/stage-keys.ts";
import { generateSecrets } from "../generate-secrets.ts";
import { CodeEntity, purposes } from "./code.entity.ts";
import * as Code from "./index.ts";

/** Every code of two people: fixed, so that no two have the same six digits by chance. */
const people = ["01j00000000000000000000001", "01j00000000000000000000002"];
const CODE_KEY = Buffer.alloc(32, 7).toString("base64url");

const codes: readonly Code.CodeItem[] = people.flatMap((userId, person) =>
  purposes.map((purpose, index) => ({
    userId,
    purpose,
    nonce: `${person}${index}`.padStart(32, "0"),
    jobId: userId,
    email: "a@example.com",
    epoch: 0,
    tries: 0,
    typedExpiresAt: 9_999_999_999,
    expiresAt: 9_999_999_999,
    asked: 1,
    hourEndsAt: 9_999_999_999,
    createdAt: 0,
    ttl: 9_999_999_999,
  })),
);

/** Each way in which a code can be presented, by a name for it. */
const doors = people.flatMap((userId) =>
  purposes.flatMap((purpose) => [
    { name: `${purpose} spend ${userId}`, open: (text: string) => Code.readLink(purpose, text) },
    { name: `${purpose} undo ${userId}`, open: (text: string) => Code.readLink(purpose, text, "undo") },
    { name: `${purpose} typed ${userId}`, open: (text: string) => Code.readTyped(purpose, userId, text) },
  ]),
);

async function textsOf(code: Code.CodeItem): Promise<readonly (readonly [string, string])[]> {
  const name = (use: string) => `${code.purpose} ${use} ${code.userId}`;
  return [
    [name("spend"), await Code.linkToken(code)],
    [name("undo"), await Code.linkToken(code, "undo")],
    [name("typed"), await Code.typedCode(code)],
  ];
}

beforeAll(() => setSecrets({ CODE_KEY }));
afterAll(() => setSecrets({}));

async function putAll(): Promise<void> {
  await Promise.all(codes.map((code) => CodeEntity.put(code).go()));
}

/** The doors that a text opens, each tried with codes nobody has tried before. */
async function openedBy(text: string): Promise<readonly string[]> {
  await putAll();
  const opened = await Promise.all(
    doors.map(({ name, open }) =>
      open(text).then(
        ({ userId }) =>
          name.endsWith(userId) || !name.includes("typed") ? [`${name} as ${userId}`] : ["wrong"],
        () => [],
      ),
    ),
  );
  return opened.flat();
}

it("a code opens for its own purpose, use and person, and nothing else in any direction", async () => {
  const texts = (await Promise.all(codes.map(textsOf))).flat();
  expect(new Set(texts.map(([, text]) => text)).size).toBe(18);
  for (const [name, text] of texts) {
    const owner = name.split(" ")[2];
    const opened = await openedBy(text);
    // A link names its person itself: whose door it is held to makes no difference to whom it opens.
    expect(new Set(opened.map((each) => each.replace(/01j\w+ as/, "as")))).toEqual(
      new Set([name.replace(/01j\w+$/, `as ${owner}`)]),
    );
    if (name.includes("typed")) expect(opened).toEqual([`${name} as ${owner}`]);
  }
});

it("a link with the id of another person, or of another purpose, opens nothing", async () => {
  const [mine, theirs] = people as [string, string];
  for (const code of codes.filter(({ userId }) => userId === mine))
    for (const use of ["spend", "undo"] as const) {
      const moved = (await Code.linkToken(code, use)).replace(mine, theirs);
      expect(await openedBy(moved)).toEqual([]);
    }
});

it("codes of another stage open nothing, though the table is the same", async () => {
  setSecrets({ CODE_KEY: generateSecrets().CODE_KEY });
  const foreign = (await Promise.all(codes.map(textsOf))).flat().filter(([name]) => !name.includes("typed"));
  setSecrets({ CODE_KEY });
  for (const [, text] of foreign) expect(await openedBy(text)).toEqual([]);
});
