import { describe, expect, it } from "vitest";
import { readBearer } from "./bearer.ts";

const token = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln-_bmF0dXJl";

describe("an Authorization header", () => {
  it.each([`Bearer ${token}`, `bearer ${token}`, `BEARER ${token}`, `bEaReR   ${token}`])(
    "gives its token whatever the case of the scheme: %s",
    (header) => {
      expect(readBearer(header)).toBe(token);
    },
  );

  it("may hold the compact token alone, as the tutorial's readers send it", () => {
    expect(readBearer(token)).toBe(token);
  });

  it.each([
    ["nothing", ""],
    ["spaces", "   "],
    ["the scheme alone", "Bearer"],
    ["the scheme and a space", "Bearer "],
    ["another scheme", `Basic ${token}`],
    ["Basic credentials", "Basic dGVzdDpwYXNz"],
    ["a scheme that begins like ours", `BearerX ${token}`],
    ["a tab after the scheme", `Bearer\t${token}`],
    ["a colon after the scheme", `Bearer: ${token}`],
    ["the scheme twice", `Bearer Bearer ${token}`],
    ["a quoted token", `Bearer "${token}"`],
    ["a single-quoted token", `Bearer '${token}'`],
    ["a doubled header, joined by a comma", `Bearer ${token}, Bearer ${token}`],
    ["a doubled header without a space", `Bearer ${token},Bearer ${token}`],
    ["two tokens", `Bearer ${token} ${token}`],
    ["a parameter after the token", `Bearer ${token};x=1`],
    ["a leading space", ` Bearer ${token}`],
    ["a trailing space", `Bearer ${token} `],
    ["a trailing line break", `Bearer ${token}\n`],
    ["a line break in the token", `Bearer ${token.replace(".", "\n.")}`],
    ["padding", `Bearer ${token}=`],
    ["letters of standard base64", `Bearer ${token.replace("-", "+").replace("_", "/")}`],
    ["two segments", "Bearer a.b"],
    ["five segments, as an encrypted token has", "Bearer a.b.c.d.e"],
    ["an empty signature", "Bearer a.b."],
    ["an empty header", "Bearer .b.c"],
    ["a JSON serialisation", 'Bearer {"payload":"a","signatures":[]}'],
    ["a NUL", `Bearer ${token}\0`],
    ["letters that only look like ours", `Bearer ${token.replace("e", "е")}`],
  ])("with %s gives none", (_name, header) => {
    expect(readBearer(header)).toBeUndefined();
  });
});
