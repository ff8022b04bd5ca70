import { describe, expect, it } from "vitest";
import { recordedEvent, shapes } from "../../test/authorizer-events.ts";
import { readQuestion } from "./question.ts";

const api = "arn:aws:execute-api:eu-central-1:123456789012:abcdef1234";

describe.each(shapes)("a recorded %s event", (shape) => {
  it("tells the stage, the credentials and, but for a TOKEN event, the id of the request", () => {
    const requestId = shape === "REST TOKEN" ? undefined : expect.stringMatching(/^[\w=-]+$/);
    const stage = shape.startsWith("REST") ? "prod" : "$default";
    expect(readQuestion(recordedEvent(shape, "Bearer a.b.c"))).toEqual({
      stage: `${api}/${stage}`,
      credentials: "Bearer a.b.c",
      requestId,
    });
  });
});

describe("the stage", () => {
  const stageOf = (routeArn: unknown) => readQuestion({ routeArn }).stage;

  it.each([
    ["$default", `${api}/$default/GET/me`, `${api}/$default`],
    ["a stage with dots and dashes", `${api}/v1.2-b/GET/me`, `${api}/v1.2-b`],
    ["a path with colons", `${api}/prod/GET/a:b:c`, `${api}/prod`],
    ["a path with slashes", `${api}/prod/GET/a/b//c/`, `${api}/prod`],
    ["a path with an encoded slash", `${api}/prod/GET/a%2Fb`, `${api}/prod`],
    ["a path that holds an ARN", `${api}/prod/GET/${api}/other/GET/x`, `${api}/prod`],
    ["the root path", `${api}/prod/GET/`, `${api}/prod`],
    ["a greedy route", `${api}/prod/ANY/{proxy+}`, `${api}/prod`],
    ["China", `${api.replace("aws", "aws-cn")}/prod/GET/me`, `${api.replace("aws", "aws-cn")}/prod`],
    ["GovCloud", `${api.replace("aws", "aws-us-gov")}/p/GET/`, `${api.replace("aws", "aws-us-gov")}/p`],
  ])("is read past %s", (_name, arn, stage) => {
    expect(stageOf(arn)).toBe(stage);
  });

  it.each([
    ["missing", undefined],
    ["not text", 7],
    ["a list", [`${api}/prod/GET/me`]],
    ["empty", ""],
    ["of another service", "arn:aws:lambda:eu-central-1:123456789012:function:x/y/z"],
    ["without a stage", `${api}`],
    ["cut off after the stage", `${api}/prod`],
    ["a wildcard for the stage", `${api}/*/GET/me`],
    ["a wildcard for the API", "arn:aws:execute-api:eu-central-1:123456789012:*/prod/GET/me"],
    ["a wildcard for the account", "arn:aws:execute-api:eu-central-1:*:abcdef1234/prod/GET/me"],
    ["a question mark for a letter of the stage", `${api}/pro?/GET/me`],
    ["a policy variable for the stage", `${api}/\${aws:username}/GET/me`],
    ["prefixed by something", ` ${api}/prod/GET/me`],
  ])("is unknown where the ARN is %s", (_name, arn) => {
    expect(stageOf(arn)).toBeUndefined();
  });
});

describe("the credentials", () => {
  const request = (fields: object) => readQuestion({ type: "REQUEST", ...fields }).credentials;

  it.each(["authorization", "Authorization", "AUTHORIZATION", "aUTHORIZATION"])(
    "are found in a header written %s",
    (name) => {
      expect(request({ headers: { Host: "x", [name]: "Bearer a.b.c" } })).toBe("Bearer a.b.c");
    },
  );

  it("are not guessed from two spellings of the header", () => {
    expect(request({ headers: { authorization: "Bearer a.b.c", Authorization: "Bearer d.e.f" } })).toBe(
      undefined,
    );
  });

  it.each([
    ["a list", ["Bearer a.b.c"]],
    ["null", null],
    ["a number", 3],
  ])("are none where the header is %s", (_name, value) => {
    expect(request({ headers: { authorization: value } })).toBeUndefined();
  });

  it("are not read from anything else of the request", () => {
    const elsewhere = {
      authorizationToken: "Bearer a.b.c",
      cookies: ["authorization=Bearer a.b.c"],
      queryStringParameters: { authorization: "Bearer a.b.c", access_token: "a.b.c" },
      rawQueryString: "access_token=a.b.c",
      body: "access_token=a.b.c",
      multiValueHeaders: { Authorization: ["Bearer a.b.c"] },
      headers: { "proxy-authorization": "Bearer a.b.c", "x-authorization": "Bearer a.b.c" },
    };
    expect(request(elsewhere)).toBeUndefined();
  });

  it("of a TOKEN event are its token, whatever else it holds", () => {
    const event = {
      type: "TOKEN",
      authorizationToken: "Bearer a.b.c",
      headers: { authorization: "Bearer d.e.f" },
    };
    expect(readQuestion(event).credentials).toBe("Bearer a.b.c");
  });

  it("are none where a REST API tells one value of a header that was sent twice", () => {
    const event = {
      type: "REQUEST",
      methodArn: `${api}/prod/GET/me`,
      headers: { Authorization: "Bearer a.b.c" },
    };
    const sent = (...values: string[]) =>
      readQuestion({ ...event, multiValueHeaders: { AUTHORIZATION: values } }).credentials;
    expect(sent("Bearer a.b.c")).toBe("Bearer a.b.c");
    expect(sent("Bearer x.y.z", "Bearer a.b.c")).toBeUndefined();
  });

  it("of a TOKEN event are none where its token is no text", () => {
    expect(readQuestion({ type: "TOKEN", authorizationToken: { a: 1 } }).credentials).toBeUndefined();
  });
});

describe("the identity source, by which the gateway keeps the answer,", () => {
  const request = (identitySource: unknown, authorization?: string) =>
    readQuestion({
      type: "REQUEST",
      identitySource,
      headers: authorization === undefined ? {} : { authorization },
    }).credentials;

  it("vouches for the header it is", () => {
    expect(request(["Bearer a.b.c"], "Bearer a.b.c")).toBe("Bearer a.b.c");
    expect(request("Bearer a.b.c", "Bearer a.b.c")).toBe("Bearer a.b.c");
  });

  it("vouches for the header among several sources", () => {
    expect(request(["GET /me", "Bearer a.b.c"], "Bearer a.b.c")).toBe("Bearer a.b.c");
  });

  it("refuses a header it is not: the answer would serve whoever shares the identity source", () => {
    expect(request(["GET /me"], "Bearer a.b.c")).toBeUndefined();
    expect(request("session=1", "Bearer a.b.c")).toBeUndefined();
    expect(request([], "Bearer a.b.c")).toBeUndefined();
  });

  it("stands for the header where the event carries none", () => {
    expect(request(["Bearer a.b.c"])).toBe("Bearer a.b.c");
    expect(request("Bearer a.b.c")).toBe("Bearer a.b.c");
  });

  it("stands for nothing where it is several and no header says which", () => {
    expect(request(["Bearer a.b.c", "Bearer d.e.f"])).toBeUndefined();
    expect(request([])).toBeUndefined();
    expect(request([7])).toBeUndefined();
  });

  it.each([undefined, null])("may be absent (%s), as in a REST API", (absent) => {
    expect(request(absent, "Bearer a.b.c")).toBe("Bearer a.b.c");
  });
});
