import { isUtf8 } from "node:buffer";
import { routes } from "@gatehouse/contract";
import middy from "@middy/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyText } from "../../../core/test/any-text.ts";
import { lambdaContext } from "../../test/call.ts";
import { eventOf } from "../../test/event.ts";
import { errorMapper } from "./error-mapper.ts";
import type { Incoming, Outgoing } from "./event.ts";
import { jsonBody } from "./json-body.ts";

const numRuns = 500;

/** What was read, as text, or the code of the refusal. */
async function read(body: string, isBase64Encoded = false): Promise<string> {
  const bare = middy<Incoming, Outgoing>()
    .use(errorMapper(routes.login))
    .use(jsonBody(routes.login))
    .handler(async (event: Incoming) => ({ statusCode: 200, body: JSON.stringify(event.body) }));
  const answer = await bare(eventOf({ body, isBase64Encoded }), lambdaContext);
  return answer.statusCode === 200 ? String(answer.body) : JSON.parse(String(answer.body)).code;
}

/** What JSON.parse says of it, as it is written again. */
function parsed(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return "invalid_json";
  }
}

const isSafe = (text: string) => !/__proto__|constructor|\\u00/.test(text);
const documents = fc
  .oneof(
    fc.json(),
    fc.jsonValue().map((value) => JSON.stringify(value, null, 2)),
  )
  .filter(isSafe);

describe("property: a body", () => {
  it("that is JSON is read as what it says, as text and in base64 alike", async () => {
    await fc.assert(
      fc.asyncProperty(documents, async (text) => {
        expect(await read(text)).toBe(parsed(text));
        expect(await read(Buffer.from(text).toString("base64"), true)).toBe(parsed(text));
      }),
      { numRuns },
    );
  });

  it("with anything added, taken away or replaced is read as JSON.parse would, or refused", async () => {
    const edits = fc.tuple(fc.nat(), fc.nat({ max: 9 }), anyText({ maxLength: 9 }));
    await fc.assert(
      fc.asyncProperty(documents, edits, async (text, [index, gone, added]) => {
        const at = index % (text.length + 1);
        const edited = text.slice(0, at) + added + text.slice(at + gone);
        fc.pre(isSafe(edited));
        expect(await read(edited)).toBe(parsed(edited));
      }),
      { numRuns },
    );
  });

  it("of any bytes is read as the JSON that they are in UTF-8, or refused", async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 64 }),
      fc
        .tuple(fc.uint8Array({ maxLength: 4 }), fc.string())
        .map(([odd, text]) =>
          Buffer.concat([Buffer.from('"'), odd, Buffer.from(`${JSON.stringify(text).slice(1)}`)]),
        ),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (sent) => {
        const buffer = Buffer.from(sent);
        const expected = isUtf8(buffer) ? parsed(buffer.toString()) : "invalid_json";
        expect(await read(buffer.toString("base64"), true)).toBe(expected);
      }),
      { numRuns },
    );
  });

  it("that is called base64 and is any text is read or refused, and no fault of ours", async () => {
    await fc.assert(
      fc.asyncProperty(anyText({ minLength: 1 }), async (text) => {
        expect(await read(text, true)).not.toBe("internal_error");
      }),
      { numRuns },
    );
  });

  it("with __proto__ as a key is refused, however deep it lies and however it is written", async () => {
    const key = fc.constantFrom('"__proto__"', '"\\u005f_proto__"', '"__\\u0070roto__"');
    const shells = fc.array(fc.constantFrom("[", '{"a":', '[1,{"b":'), { maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(key, shells, fc.json(), async (proto, around, value) => {
        const closing = around
          .toReversed()
          .map((open) => ({ "[": "]", '{"a":': "}", '[1,{"b":': "}]" })[open]);
        expect(await read(`${around.join("")}{${proto}:${value}}${closing.join("")}`)).toBe("invalid_json");
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
