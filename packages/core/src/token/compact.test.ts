import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encode } from "../../test/forge.ts";
import { readHeader } from "./compact.ts";

describe("readHeader", () => {
  it("reads the header of a compact JWS", () => {
    const header = { alg: "ES256", typ: "at+jwt", kid: "k" };
    expect(readHeader(`${encode(header)}.${encode({})}.AA`)).toEqual(header);
  });

  it("leaves it to others what the members mean", () => {
    expect(readHeader(`${encode({ alg: 7 })}.${encode({})}.AA`)).toEqual({ alg: 7 });
    expect(readHeader(`${encode({})}.${encode({})}.AA`)).toEqual({});
  });

  it("keeps a member named __proto__ to itself", () => {
    const header = readHeader(`${encode('{"__proto__":{"alg":"ES256"}}')}.${encode({})}.AA`);
    expect(header?.alg).toBeUndefined();
  });

  it("property: answers an object or nothing for any text, and throws nothing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        const header = readHeader(text);
        expect(header === undefined || typeof header === "object").toBe(true);
      }),
    );
  });

  it("property: reads exactly the three segments that encode a JSON object twice and some bytes", () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 64 });
    const part = fc.oneof(
      fc.json(),
      fc.object().map((value) => JSON.stringify(value)),
      fc.string({ minLength: 1 }),
    );
    fc.assert(
      fc.property(part, part, bytes, (header, payload, signature) => {
        const token = `${encode(header)}.${encode(payload)}.${Buffer.from(signature).toString("base64url")}`;
        const expected = isObject(header) && isObject(payload) && token.length <= 8192;
        expect(readHeader(token) !== undefined).toBe(expected);
      }),
    );
  });
});

function isObject(text: string): boolean {
  try {
    return Object.prototype.toString.call(JSON.parse(Buffer.from(text).toString())) === "[object Object]";
  } catch {
    return false;
  }
}
