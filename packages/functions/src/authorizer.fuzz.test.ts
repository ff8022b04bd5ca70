import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { anyText } from "../../core/test/any-text.ts";
import { effectOf } from "../test/authorizer-effect.ts";
import { recordedEvent, shapes } from "../test/authorizer-events.ts";
import { newPerson } from "../test/people.ts";
import { captureStdout } from "../test/stdout.ts";
import { handler } from "./authorizer.ts";

captureStdout();

let token: string;
beforeAll(async () => {
  token = (await newPerson()).token;
});

const anyShape = fc.constantFrom(...shapes);

describe("property: without a good token nothing is allowed and nothing thrown,", () => {
  it("whatever the event", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true }),
        async (event) => {
          expect(await effectOf(event)).toBe("Deny");
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("whatever the Authorization header", async () => {
    const segment = fc.oneof(fc.base64String(), fc.json(), anyText());
    const compact = fc
      .tuple(segment, segment, segment)
      .map((segments) => segments.map((text) => Buffer.from(text).toString("base64url")).join("."));
    const authorization = fc.oneof(anyText(), compact);
    await fc.assert(
      fc.asyncProperty(anyShape, authorization, async (shape, text) => {
        expect(await effectOf(recordedEvent(shape, `Bearer ${text}`))).toBe("Deny");
      }),
      { numRuns: 1000 },
    );
  });

  it("if any one character of a good one was changed", async () => {
    await fc.assert(
      fc.asyncProperty(
        anyShape,
        fc.nat(token.length - 1),
        fc.constantFrom(..."AZaz09-_.=+/ \n"),
        async (shape, index, letter) => {
          fc.pre(token[index] !== letter);
          const changed = token.slice(0, index) + letter + token.slice(index + 1);
          expect(await effectOf(recordedEvent(shape, `Bearer ${changed}`))).toBe("Deny");
        },
      ),
      { numRuns: 500 },
    );
  });

  it("if there is more in the header than a good one and its scheme", async () => {
    const around = fc.oneof(anyText(), fc.constantFrom(" ", ",", "Basic ", '"', "\t", "Bearer", "\r\n"));
    await fc.assert(
      fc.asyncProperty(anyShape, around, around, async (shape, before, after) => {
        fc.pre(!/^(?:bearer +)?$/i.test(before) || after !== "");
        expect(await effectOf(recordedEvent(shape, before + token + after))).toBe("Deny");
      }),
      { numRuns: 500 },
    );
  });

  it("if a good one stands under any other name", async () => {
    const name = fc.oneof(
      anyText(),
      fc.constantFrom("x-authorization", "proxy-authorization", "cookie", "token", "Authorization "),
    );
    await fc.assert(
      fc.asyncProperty(anyShape, name, async (shape, header) => {
        fc.pre(header.toLowerCase() !== "authorization");
        const event = recordedEvent(shape, "Bearer nothing");
        const more = { [header]: `Bearer ${token}` };
        const headers = { ...(event["headers"] as object), ...more };
        expect(await effectOf({ ...event, headers, queryStringParameters: more, cookies: [token] })).toBe(
          "Deny",
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe("property: with a good token", () => {
  const stage = fc
    .tuple(
      fc.stringMatching(/^\d{12}$/),
      fc.stringMatching(/^[a-z0-9]{10}$/),
      fc.stringMatching(/^[\w-]{1,20}$/),
    )
    .map(([account, api, name]) => `arn:aws:execute-api:eu-central-1:${account}:${api}/${name}`);
  const path = fc.oneof(anyText(), fc.stringMatching(/^[*/:.?a]{0,12}$/), fc.constant("admin/users"));

  it("the policy speaks of the stage that was asked about and of no other, whatever the path", async () => {
    await fc.assert(
      fc.asyncProperty(anyShape, stage, path, async (shape, arn, rest) => {
        const event = recordedEvent(shape, `Bearer ${token}`);
        const field = "routeArn" in event ? "routeArn" : "methodArn";
        const { policyDocument } = await handler({ ...event, [field]: `${arn}/GET/${rest}` });
        const [allowed, denied] = policyDocument.Statement as unknown as { Resource: string[] }[];
        expect(allowed).toMatchObject({ Effect: "Allow", Resource: [`${arn}/*/*`] });
        for (const resource of denied?.Resource ?? []) expect(resource.startsWith(`${arn}/`)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("an ARN that names no one stage is denied everything", async () => {
    const wild = fc.constantFrom("*", "?", "$*", "", " ", "\n");
    await fc.assert(
      fc.asyncProperty(anyShape, stage, wild, fc.nat(), async (shape, arn, odd, index) => {
        const parts = arn.split(/(?<=[:/])/);
        const at = index % parts.length;
        // The separator stays, so that the ARN is whole but for this part.
        const broken = parts
          .map((part, each) => (each === at ? odd + part.replace(/[^:/]/g, "") : part))
          .join("");
        const event = recordedEvent(shape, `Bearer ${token}`);
        const field = "routeArn" in event ? "routeArn" : "methodArn";
        expect(await effectOf({ ...event, [field]: `${broken}/GET/me` })).toBe("Deny");
      }),
      { numRuns: 300 },
    );
  });
});
