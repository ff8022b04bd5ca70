import crypto from "node:crypto";
import { afterEach, describe, expect, it, vi } from "vitest";
import { deleteItem, itemOf, putItem } from "../../test/items.ts";
import { codeOf, refusalOf } from "../../test/refusal.ts";
import { type Interceptor, intercepted, requestsOf } from "../../test/requests.ts";
import { atSecond } from "../../test/session.ts";
import { newId } from "../id.ts";
import * as Code from "./index.ts";

vi.mock("node:crypto", { spy: true });

afterEach(() => {
  vi.useRealTimers();
});

interface Made {
  readonly code: Code.CodeItem;
  readonly digits: string;
  readonly wrong: string;
}

async function minted(userId = newId()): Promise<Made> {
  const person = { userId, epoch: 0 };
  const code = await Code.mint("verify_email", person, { email: "a@example.com", jobId: newId() });
  if (!code) throw new Error("no code was made");
  const digits = await Code.typedCode(code);
  const wrong = String((Number(digits) + 1) % 1_000_000).padStart(6, "0");
  return { code, digits, wrong };
}

function read({ code }: Made, digits: string): Promise<Code.CodeItem> {
  return Code.readTyped("verify_email", code.userId, digits);
}

async function triesOf({ code }: Made): Promise<unknown> {
  return (await itemOf(code.userId, "code#verify_email"))["tries"];
}

/** The same code with a nonce whose digits begin with two zeros. */
async function withLeadingZeros({ code: { nonce: _, ...code } }: Made): Promise<Made> {
  for (let number = 0; ; number += 1) {
    const tried = { ...code, nonce: number.toString(16).padStart(32, "0") };
    const digits = await Code.typedCode(tried);
    if (digits.startsWith("00")) return { code: tried, digits, wrong: "no" };
  }
}

/** Types wrong digits this often, as often as it takes to burn a code unless another number is given. */
async function typeWrongly(made: Made, times = 5): Promise<void> {
  for (let time = 0; time < times; time += 1) expect(await codeOf(read(made, "no"))).toBe("invalid_code");
}

describe("typed digits", () => {
  it("are read as the code they belong to, and the try is counted", async () => {
    const made = await minted();
    expect(await read(made, made.digits)).toMatchObject({ ...made.code, tries: 1 });
    expect(await triesOf(made)).toBe(1);
  });

  it("are right on the fifth try still", async () => {
    const made = await minted();
    await typeWrongly(made, 4);
    expect(await read(made, made.digits)).toMatchObject({ nonce: made.code.nonce, tries: 5 });
  });

  it("are burnt after five wrong tries, even when they are right, and the link still works", async () => {
    const made = await minted();
    await typeWrongly(made);
    expect(await codeOf(read(made, made.digits))).toBe("invalid_code");
    expect(await triesOf(made)).toBe(5);
    const token = await Code.linkToken(made.code);
    expect(await Code.readLink("verify_email", token)).toMatchObject({ nonce: made.code.nonce });
  });

  it("asked for again have five tries, and those of before are void with their link", async () => {
    const first = await minted();
    await typeWrongly(first);
    const second = await minted(first.code.userId);
    expect(await codeOf(read(second, first.digits === second.digits ? "no" : first.digits))).toBe(
      "invalid_code",
    );
    expect(await codeOf(Code.readLink("verify_email", await Code.linkToken(first.code)))).toBe(
      "invalid_code",
    );
    await typeWrongly(second, 3);
    expect(await read(second, second.digits)).toMatchObject({ nonce: second.code.nonce, tries: 5 });
  });

  it("are compared five times, of fifty guesses at a time", async () => {
    const made = await minted();
    const compare = vi.mocked(crypto.timingSafeEqual).mockClear();
    const codes = await Promise.all(Array.from({ length: 50 }, () => codeOf(read(made, made.wrong))));
    expect(new Set(codes)).toEqual(new Set(["invalid_code"]));
    expect(compare).toHaveBeenCalledTimes(5);
    expect(await triesOf(made)).toBe(5);
    expect(await codeOf(read(made, made.digits))).toBe("invalid_code");
    expect(compare).toHaveBeenCalledTimes(5);
  });

  it("with leading zeros are those six digits and no shorter number", async () => {
    const first = await minted();
    const made = await withLeadingZeros(first);
    await putItem({ ...(await itemOf(first.code.userId, "code#verify_email")), nonce: made.code.nonce });
    for (const shorter of [String(Number(made.digits)), made.digits.slice(1), `0${made.digits}`])
      expect(await codeOf(read(made, shorter))).toBe("invalid_code");
    expect(await read(made, made.digits)).toMatchObject({ nonce: made.code.nonce });
  });

  it("work for ten minutes to the second, while the item and its link are still there", async () => {
    atSecond(0);
    const made = await minted();
    atSecond(599.999);
    expect(await read(made, made.digits)).toMatchObject({ nonce: made.code.nonce });
    atSecond(600);
    expect(await codeOf(read(made, made.digits))).toBe("invalid_code");
    await expect(Code.readLink("verify_email", await Code.linkToken(made.code))).resolves.toBeDefined();
    expect(await triesOf(made)).toBe(1);
  });

  it("whose item is gone are as expired as any, and nothing comes back", async () => {
    const made = await minted();
    await deleteItem(await itemOf(made.code.userId, "code#verify_email"));
    expect(await codeOf(read(made, made.digits))).toBe("invalid_code");
    await expect(itemOf(made.code.userId, "code#verify_email")).rejects.toThrow("has no item");
  });

  it("cost one conditional update, for a person, a stranger and nobody", async () => {
    const made = await minted();
    const cost = async (userId: string | undefined, digits: string) =>
      (await requestsOf(() => Code.readTyped("verify_email", userId, digits).catch(() => undefined))).map(
        ({ operation, input }) => [operation, Object.keys(input).sort(), input["ConditionExpression"]],
      );
    const right = await cost(made.code.userId, made.digits);
    expect(right).toMatchObject([["UpdateItem", expect.anything(), expect.any(String)]]);
    expect(await cost(made.code.userId, made.wrong)).toEqual(right);
    expect(await cost(newId(), made.wrong)).toEqual(right);
    expect(await cost(undefined, made.wrong)).toEqual(right);
  });

  it("of nobody leave nothing in the table", async () => {
    const userId = newId();
    expect(await codeOf(Code.readTyped("verify_email", userId, "123456"))).toBe("invalid_code");
    await expect(itemOf(userId, "code#verify_email")).rejects.toThrow("has no item");
  });

  it("cannot be read while the table is down, and nobody is told that they are wrong", async () => {
    const made = await minted();
    const down: Interceptor = () =>
      Promise.reject(Object.assign(new Error("down"), { name: "TimeoutError" }));
    expect(await codeOf(intercepted(down, () => read(made, made.digits)))).toBe("unavailable");
    expect(await triesOf(made)).toBe(0);
  });
});

describe("typed digits are refused", () => {
  it("in every other spelling of the same number", async () => {
    const { code, digits, wrong } = await minted();
    const fullWidth = [...digits].map((digit) => String.fromCharCode(0xff10 + Number(digit))).join("");
    const arabic = [...digits].map((digit) => String.fromCharCode(0x0660 + Number(digit))).join("");
    const spellings = [
      fullWidth,
      arabic,
      ` ${digits}`,
      `${digits}\n`,
      `+${digits}`,
      `${digits}.0`,
      `0${digits}`,
    ];
    const cuts = [digits.slice(0, 5), digits.repeat(2), `${digits}\0`, `${digits.slice(0, 5)}\ud800`, ""];
    for (const text of [...spellings, ...cuts]) {
      await putItem({ ...(await itemOf(code.userId, "code#verify_email")), tries: 0 });
      expect(await codeOf(read({ code, digits, wrong }, text))).toBe("invalid_code");
    }
  });

  it("alike, whether there is a code, it is burnt or it is another", async () => {
    const made = await minted();
    const wrong = await refusalOf(read(made, made.wrong));
    await typeWrongly(made);
    const burnt = await refusalOf(read(made, made.digits));
    const none = await refusalOf(Code.readTyped("verify_email", newId(), made.digits));
    const shown = [wrong, burnt, none].map(({ code, message, fields }) =>
      JSON.stringify([code, message, fields]),
    );
    expect(new Set(shown).size).toBe(1);
  });
});
