import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { findings } from "./scan.ts";

const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });

test.each([
  ["a PEM", privateKey.export({ format: "pem", type: "pkcs8" })],
  ["a private JWK", JSON.stringify(privateKey.export({ format: "jwk" }))],
  ["a private JWK", `{kty:"EC",d:"${privateKey.export({ format: "jwk" }).d}"}`],
  ["a pepper", `{PASSWORD_PEPPER:"abc"}`],
  ["a pepper", `process.env.PASSWORD_PEPPER = "abc"`],
  ["a test", `import{test as t}from"vitest";`],
  ["a test", `// packages/functions/src/login.test.ts`],
  ["a compiler", `let f=new Function("return 1")`],
  ["a compiler", `eval("1")`],
  ["a source map", `//# sourceMappingURL=login.mjs.map`],
  ["/home/someone", `throw Error("at /home/someone/gatehouse")`],
])("%s is found", (what, code) => {
  expect(findings(String(code), ["/home/someone"])).toEqual([what]);
});

test("a public key, the name of a secret and a method called evaluate are not", () => {
  const code = `secret("PASSWORD_PEPPER");a.evaluate(b);var k=${JSON.stringify(publicKey.export({ format: "jwk" }))}`;
  expect(findings(code, ["/home/someone"])).toEqual([]);
});
