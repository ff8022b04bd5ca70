import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { setSecrets } from "../../test/stage-keys.ts";
import { generateSecrets } from "../generate-secrets.ts";
import { macOf, seal, unseal } from "./seal.ts";

const { CODE_KEY } = generateSecrets();

beforeEach(() => setSecrets({ CODE_KEY }));
afterEach(() => setSecrets({}));

const text = JSON.stringify({ email: "anna@example.com", name: "Ånna \u{1F511}" });

async function onAnotherStage<T>(run: () => Promise<T>): Promise<T> {
  setSecrets({});
  const result = await run();
  setSecrets({ CODE_KEY });
  return result;
}

describe("a sealed text", () => {
  it("is read again by who knows what sealed it", async () => {
    expect(await unseal(await seal(text, "a key"), "a key")).toBe(text);
  });

  it("property: of any text and key is read as it was", async () => {
    const texts = fc.string({ unit: "grapheme" });
    await fc.assert(
      fc.asyncProperty(texts, fc.string({ unit: "grapheme" }), async (each, by) => {
        expect(await unseal(await seal(each, by), by)).toBe(each);
      }),
    );
  });

  it("is another each time, and shows nothing of the text", async () => {
    const sealed = await Promise.all(Array.from({ length: 10 }, () => seal(text, "a key")));
    expect(new Set(sealed).size).toBe(10);
    for (const each of sealed) {
      expect(each).toMatch(/^[\w-]+$/);
      expect(Buffer.from(each, "base64url").toString("latin1")).not.toContain("example");
    }
  });

  it.each(["", "a ke", "a key ", "A key", "another"])("is not read with the key %j", async (by) => {
    const sealed = await seal(text, "a key");
    await expect(unseal(sealed, by)).rejects.toThrow();
  });

  it("is not read on another stage", async () => {
    const sealed = await seal(text, "a key");
    await onAnotherStage(() => expect(unseal(sealed, "a key")).rejects.toThrow());
    expect(await unseal(sealed, "a key")).toBe(text);
  });

  it("with any of its bytes changed is not read", async () => {
    const sealed = Buffer.from(await seal("short", "a key"), "base64url");
    for (let at = 0; at < sealed.length; at += 1) {
      const damaged = Buffer.from(sealed);
      damaged[at] = Number(sealed[at]) ^ 1;
      await expect(unseal(damaged.toString("base64url"), "a key")).rejects.toThrow();
    }
  });

  it("cut off anywhere is not read, nor is a text that was never sealed", async () => {
    const sealed = Buffer.from(await seal("short", "a key"), "base64url");
    for (let end = 0; end < sealed.length; end += 1)
      await expect(unseal(sealed.subarray(0, end).toString("base64url"), "a key")).rejects.toThrow();
    for (const other of ["", "!", "A".repeat(100), text])
      await expect(unseal(other, "a key")).rejects.toThrow();
  });
});

describe("a MAC", () => {
  it("is 64 hex digits and the same each time", async () => {
    expect(await macOf("name", "x")).toMatch(/^[0-9a-f]{64}$/);
    expect(await macOf("name", "x")).toBe(await macOf("name", "x"));
  });

  it("is another for another text, use and stage", async () => {
    const macs = [
      await macOf("name", "x"),
      await macOf("name", "y"),
      await macOf("request", "x"),
      await macOf("seal", "x"),
      await onAnotherStage(() => macOf("name", "x")),
    ];
    expect(new Set(macs).size).toBe(5);
  });
});
