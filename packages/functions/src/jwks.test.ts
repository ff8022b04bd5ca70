import { createPublicKey } from "node:crypto";
import * as Token from "@gatehouse/core/token";
import { expect, it } from "vitest";
import { call } from "../test/call.ts";
import { newPerson } from "../test/people.ts";
import { captureStdout } from "../test/stdout.ts";
import { handler } from "./jwks.ts";

captureStdout();

const get = () => call(handler, { method: "GET", path: "/.well-known/jwks.json" });

it("the key set holds public keys only, and caches may keep it for five minutes", async () => {
  const { status, headers, body } = await get();
  expect([status, headers["cache-control"]]).toEqual([200, "public, max-age=300"]);
  // The one that signs, and the next, told before it is needed.
  expect(body.keys).toHaveLength(2);
  for (const key of body.keys) {
    expect(Object.keys(key).toSorted()).toEqual(["alg", "crv", "kid", "kty", "use", "x", "y"]);
    expect(createPublicKey({ key, format: "jwk" }).type).toBe("public");
  }
});

it("a token names a key of the set", async () => {
  const { token } = await newPerson();
  const { kid } = JSON.parse(Buffer.from(token.split(".")[0] ?? "", "base64url").toString());
  await expect(Token.verify(token)).resolves.toBeDefined();
  expect((await get()).body.keys.map((key: { kid: string }) => key.kid)).toContain(kid);
});
