/** Every body of the contract as bytes: its type, its length, its encoding and its depth. */
import { type Route, routes } from "@gatehouse/contract";
import { beforeAll, describe, expect, it } from "vitest";
import { call } from "../test/call.ts";
import type { Request } from "../test/event.ts";
import { handlerOf } from "../test/handler-of.ts";
import { spoil } from "../test/json-catalogue.ts";
import { newPerson, type Person } from "../test/people.ts";
import { sampleOf } from "../test/samples.ts";
import { captureStdout } from "../test/stdout.ts";
import { readTable } from "../test/table.ts";

captureStdout();

let person: Person;
beforeAll(async () => {
  person = await newPerson();
});

const withBody = Object.values<Route>(routes).filter(({ body }) => body);

describe.each(withBody.map((route) => [route.name, route] as const))(
  "a body sent to %s",
  async (name, route) => {
    const handler = await handlerOf(name);
    const good = () => JSON.stringify(sampleOf(route, person).body);

    /** What each request is answered, told once: `status code`. */
    async function answersTo(requests: readonly Request[]): Promise<string[]> {
      const found = new Set<string>();
      const before = await readTable();
      for (const request of requests) {
        const { status, body } = await call(handler, {
          method: route.method,
          context: person.context,
          ...request,
        });
        found.add(`${status} ${body.code}`);
      }
      expect(await readTable()).toEqual(before);
      return [...found];
    }

    it("is not read under any other content type, under none or under two", async () => {
      const types = [
        undefined,
        "",
        "text/plain",
        "text/plain;application/json",
        "text/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/octet-stream",
        "application/json,application/json",
        "application/json, text/plain",
        "text/plain,application/json",
        " application/json",
        "application/json\0",
        "application/jsonp",
        "application/json5",
        "application/x-json",
      ];
      const requests = types.map((type) => ({ body: good(), headers: { "content-type": type } }));
      expect(await answersTo(requests)).toEqual(["415 unsupported_media_type"]);
    });

    it("is not read as a form", async () => {
      const form = new URLSearchParams(JSON.parse(good())).toString();
      for (const type of ["application/x-www-form-urlencoded", "text/plain"]) {
        const body = Buffer.from(form).toString("base64");
        const request = { body, isBase64Encoded: true, headers: { "content-type": type } };
        expect(await answersTo([request])).toEqual(["415 unsupported_media_type"]);
      }
      expect(await answersTo([{ body: form }])).toEqual(["400 invalid_json"]);
    });

    it("is refused where it is longer than a body may be, by a byte or by a megabyte", async () => {
      const filled = (length: number) => good() + " ".repeat(length - good().length);
      const requests = [16_385, 20_000, 1_000_000].map((length) => ({ body: filled(length) }));
      expect(await answersTo(requests)).toEqual(["413 payload_too_large"]);
      const refused = `{"x":1${" ".repeat(16_384 - 7)}}`;
      expect(await answersTo([{ body: refused }])).toEqual(["422 validation_failed"]);
    });

    it("is no JSON any more once it is cut, put into another shell or has anything before or after it", async () => {
      expect(await answersTo(spoil(good()).map((body) => ({ body })))).toEqual(["400 invalid_json"]);
    });

    it("is refused in any other encoding than UTF-8", async () => {
      const text = Buffer.from(good());
      const quote = text.indexOf('":"') + 3;
      const broken = [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xe2, 0x82]];
      const bytes = [
        ...broken.map((odd) =>
          Buffer.concat([text.subarray(0, quote), Buffer.from(odd), text.subarray(quote)]),
        ),
        Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), text]),
        Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(good(), "utf16le")]),
        Buffer.from(good(), "utf16le"),
      ];
      const requests = bytes.map((each) => ({ body: each.toString("base64"), isBase64Encoded: true }));
      const noBase64 = ["!!!!", good(), "{}"].map((body) => ({ body, isBase64Encoded: true }));
      expect(await answersTo([...requests, ...noBase64])).toEqual(["400 invalid_json"]);
    });

    it("is refused whatever its depth, also where it is deeper than a stack", async () => {
      expect(await answersTo([{ body: "[".repeat(10_000) }])).toEqual(["400 invalid_json"]);
      expect(await answersTo([{ body: "[".repeat(10_000) + "]".repeat(10_000) }])).toEqual([
        "413 payload_too_large",
      ]);
      const field = Object.keys(sampleOf(route, person).body ?? {})[0];
      for (const depth of [1000, 2000, 4000, 8000]) {
        const body = `{"${field}":${"[".repeat(depth)}${"]".repeat(depth)}}`;
        const [answer] = await answersTo([{ body }]);
        expect(answer).toMatch(/^4(?:00 invalid_json|22 validation_failed)$/);
      }
    });

    it("is refused whatever the number of its fields", async () => {
      const many = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`x${index}`, index]));
      expect(await answersTo([{ body: many }])).toEqual(["422 validation_failed"]);
    });
  },
);
