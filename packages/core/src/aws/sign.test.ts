import aws4 from "aws4";
import fc from "fast-check";
import { afterEach, expect, it, vi } from "vitest";
import type { Service } from "./service.ts";
import { signed } from "./sign.ts";

afterEach(() => void vi.unstubAllEnvs());

const service = (name: Service["name"]): Service => ({
  name,
  target: "Target_1",
  jsonVersion: "1.0",
  attempts: 3,
  pauseMilliseconds: 0,
});

const text = fc.string({ unit: "binary", minLength: 1, maxLength: 40 });
const secret = fc.stringMatching(/^[\w/+]{1,40}$/);

it("property: a signature is that of the package, whatever is signed, when, where and with which credentials", () => {
  const anything = fc.record({
    body: text,
    secret,
    token: fc.option(secret, { nil: "" }),
    region: fc.constantFrom("eu-west-1", "us-east-1", "cn-north-1"),
    name: fc.constantFrom("dynamodb" as const, "sqs" as const, "ssm" as const),
    date: fc.date({
      min: new Date("2026-01-01"),
      max: new Date("2026-01-03"),
      noInvalidDate: true,
    }),
  });
  fc.assert(
    fc.property(anything, ({ body, secret, token, region, name, date }) => {
      const environment = {
        AWS_ACCESS_KEY_ID: "id",
        AWS_SECRET_ACCESS_KEY: secret,
        AWS_SESSION_TOKEN: token,
      };
      for (const [key, value] of Object.entries(environment)) vi.stubEnv(key, value);
      const url = new URL(`https://${name}.${region}.amazonaws.com/`);
      const call = { operation: "GetItem", body, id: "1" };
      const { headers } = signed({ service: service(name), url, region, call, date, number: 1 });
      const { authorization: _, Authorization: __, ...rest } = headers as Record<string, string>;
      const theirs = { method: "POST", path: "/", service: name, region, headers: rest, body };
      aws4.sign(theirs, { accessKeyId: "id", secretAccessKey: secret });
      const { Authorization } = theirs.headers as Record<string, string>;
      expect(headers["Authorization"]).toBe(Authorization);
    }),
    { numRuns: 500 },
  );
});
