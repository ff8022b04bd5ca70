import { describe, expect, it } from "vitest";
import { deleteItem, itemOf, itemsOf } from "../../test/items.ts";
import { codeOf } from "../../test/refusal.ts";
import { type Interceptor, intercepted, requestsOf } from "../../test/requests.ts";
import { newId } from "../id.ts";
import * as Code from "./index.ts";

function somebody() {
  return { userId: newId(), epoch: 0 };
}

function mint(person = somebody(), jobId = newId()) {
  return Code.mint("verify_email", person, { email: "anna@example.com", jobId });
}

/** A condition that does not hold, and not a word of the item that it does not hold for. */
function conditionFailed(): Error {
  const name = "ConditionalCheckFailedException";
  return Object.assign(new Error(name), { name, $fault: "client" });
}

/** Sends the first request of a kind, loses its answer and lets the SDK repeat it. */
function losing(operation: string): Interceptor {
  let isLost = false;
  return async (request, send) => {
    await send();
    if (isLost || request.operation !== operation) return;
    isLost = true;
    throw Object.assign(new Error("no answer"), { name: "TimeoutError" });
  };
}

describe("an answer that is lost after the write", () => {
  it("of the first code leaves one code", async () => {
    const person = somebody();
    const code = await intercepted(losing("PutItem"), () => mint(person));
    expect(await itemsOf(person.userId)).toMatchObject([{ nonce: code?.nonce, asked: 1 }]);
  });

  it("of a code that replaces another leaves one code, counted once", async () => {
    const person = somebody();
    await mint(person);
    const code = await intercepted(losing("UpdateItem"), () => mint(person));
    expect(await itemsOf(person.userId)).toMatchObject([{ nonce: code?.nonce, asked: 2 }]);
  });

  it("of the tenth code is no refusal", async () => {
    const person = somebody();
    for (let time = 0; time < 9; time += 1) await mint(person);
    const code = await intercepted(losing("UpdateItem"), () => mint(person));
    expect(code).toMatchObject({ asked: 10 });
    expect(await mint(person)).toBeUndefined();
  });
});

it("a code that is spent while another takes its place is unavailable, and the job made again makes one", async () => {
  const person = somebody();
  const jobId = newId();
  await mint(person);
  const spentMeanwhile: Interceptor = async ({ operation }, send) => {
    if (operation === "UpdateItem") await deleteItem(await itemOf(person.userId, "code#verify_email"));
    await send();
  };
  expect(await codeOf(intercepted(spentMeanwhile, () => mint(person, jobId)))).toBe("unavailable");
  expect(await mint(person, jobId)).toMatchObject({ jobId, asked: 1 });
});

it("a table that does not tell what stood there has one code take the place of another all the same", async () => {
  const person = somebody();
  const first = await mint(person);
  const silent: Interceptor = ({ operation }, send) =>
    operation === "PutItem" ? Promise.reject(conditionFailed()) : send();
  const second = await intercepted(silent, () => mint(person));
  expect(second).toMatchObject({ asked: 2, hourEndsAt: first?.hourEndsAt, ttl: second?.expiresAt });
  expect(await itemsOf(person.userId)).toMatchObject([{ nonce: second?.nonce }]);
});

it("a table that cannot be asked makes no code", async () => {
  const down: Interceptor = () => Promise.reject(Object.assign(new Error("down"), { name: "TimeoutError" }));
  expect(await codeOf(intercepted(down, () => mint()))).toBe("unavailable");
});

it("the first code is one put, one that takes the place of another an update more, the same once more a put", async () => {
  const person = somebody();
  const operations = async (jobId: string) =>
    (await requestsOf(() => mint(person, jobId))).map(({ operation }) => operation);
  expect(await operations(newId())).toEqual(["PutItem"]);
  const jobId = newId();
  expect(await operations(jobId)).toEqual(["PutItem", "UpdateItem"]);
  expect(await operations(jobId)).toEqual(["PutItem"]);
});
