import { AuthError } from "@gatehouse/core/error";
import fc from "fast-check";
import { expect, it } from "vitest";
import { anyText } from "../../../core/test/any-text.ts";
import { call } from "../../test/call.ts";
import { captureStdout } from "../../test/stdout.ts";
import { readTable } from "../../test/table.ts";
import * as forgotPassword from "../forgot-password.ts";
import * as register from "../register.ts";
import { readIdempotencyKey } from "./idempotency-key.ts";

captureStdout();

const texts = fc.oneof(anyText({ maxLength: 300 }), fc.string({ maxLength: 300 }));

function isKey(text: string): boolean {
  const isVisible = [...text].every((letter) => letter > " " && letter < "\x7f");
  return text.length >= 1 && text.length <= 255 && isVisible;
}

it("property: a key is 1 to 255 visible ASCII characters, told to the letter, and anything else is refused", () => {
  fc.assert(
    fc.property(texts, (text) => {
      const read = () => readIdempotencyKey({ "idempotency-key": text });
      if (isKey(text)) expect(read()).toBe(text);
      else expect(read).toThrow(new AuthError("invalid_idempotency_key"));
    }),
    { numRuns: 1000 },
  );
});

it("property: what is no key is refused before anything is done or remembered", async () => {
  const before = await readTable();
  const requests = fc.constantFrom(
    { handler: register.handler, body: { email: "test@example.com", password: "correct horse battery" } },
    { handler: forgotPassword.handler, body: { email: "test@example.com" } },
  );
  await fc.assert(
    fc.asyncProperty(
      requests,
      texts.filter((text) => !isKey(text)),
      async ({ handler, body }, text) => {
        const answer = await call(handler, { body, headers: { "idempotency-key": text } });
        expect([answer.status, answer.body.code]).toEqual([400, "invalid_idempotency_key"]);
      },
    ),
    { numRuns: 300 },
  );
  expect(await readTable()).toEqual(before);
});

it("property: whatever is a key, a body that is refused is refused with it", async () => {
  const before = await readTable();
  await fc.assert(
    fc.asyncProperty(texts.filter(isKey), async (key) => {
      const answer = await call(register.handler, {
        body: { email: key },
        headers: { "idempotency-key": key },
      });
      expect([answer.status, answer.body.code]).toEqual([422, "validation_failed"]);
    }),
    { numRuns: 100 },
  );
  expect(await readTable()).toEqual(before);
});
