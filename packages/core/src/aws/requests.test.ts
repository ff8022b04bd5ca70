/** Parameters and the queue, asked by either client: the same is sent, as often, and what comes of it is the same. */
import { createHash } from "node:crypto";
import { afterEach, expect, it, vi } from "vitest";
import { type FaultServer, hangsUp, openFaultServer, type React, says } from "../../test/fault-server.ts";
import { forgetConfig } from "../config.ts";
import { type Requests, slimRequests } from "./requests.ts";
import { sdkRequests } from "./sdk-requests.ts";

let server: FaultServer;

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  forgetConfig();
  server.close();
});

const parameter = { Name: "/sst/gatehouse/test/Secret/CODE_KEY/value", WithDecryption: true };
const message = { QueueUrl: "https://sqs.test/123456789012/jobs", MessageBody: '{"a":"ä"}', DelaySeconds: 5 };

const asked: Readonly<Record<string, (requests: Requests) => Promise<unknown>>> = {
  getParameter: ({ getParameter }) => getParameter(parameter),
  sendMessage: ({ sendMessage }) => sendMessage(message),
};

/** What one client sends to a server, and what comes of it. The pauses between tries are none. */
async function madeBy(open: () => Requests, ask: (requests: Requests) => Promise<unknown>, react: React) {
  vi.spyOn(Math, "random").mockReturnValue(0);
  server = await openFaultServer([react]);
  const { url } = server;
  for (const [name, value] of Object.entries({ AWS_ENDPOINT_URL_SSM: url, SQS_ENDPOINT: url }))
    vi.stubEnv(name, value);
  forgetConfig();
  const outcome = await ask(open()).then(
    (answered) => ({ answered: withoutMetadata(answered as object) }),
    // What Node says of a network and each client of text that is no JSON is their own.
    ({ name, message, code }) => (code ? { code } : { name, ...(name !== "SyntaxError" && { message }) }),
  );
  const sent = server.received.map(({ method, headers, body }) => {
    const scope = /Credential=[^/]+\/\d{8}\/(\S+?),/.exec(headers["authorization"] ?? "")?.[1];
    const of = (name: string) => headers[name];
    return [method, of("content-type"), of("x-amz-target"), of("amz-sdk-request"), scope, JSON.parse(body)];
  });
  server.close();
  return { outcome, sent };
}

function withoutMetadata({ $metadata: _, ...answered }: { readonly $metadata?: unknown }): object {
  return answered;
}

const reactions: Readonly<Record<string, React>> = {
  "a value": says(200, JSON.stringify({ Parameter: { Name: "a", Value: "b" } })),
  "a parameter that is none": says(400, '{"__type":"ParameterNotFound","message":"no"}'),
  "a queue that is none": says(400, '{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"no"}'),
  "a refusal for rate": says(400, '{"__type":"ThrottlingException","message":"slower"}'),
  "no permission": says(400, '{"__type":"AccessDeniedException","message":"no"}'),
  "a failure": says(500, '{"__type":"InternalServerError","message":"ours"}'),
  "a page that says it is busy": says(503, "<p>busy</p>"),
  "a connection that is reset": hangsUp,
};

it("a job that the queue takes is answered with its id and its digest, which the SDK compares", async () => {
  const MD5OfMessageBody = createHash("md5").update(message.MessageBody).digest("hex");
  const taken = says(200, JSON.stringify({ MessageId: "c", MD5OfMessageBody }));
  const ours = await madeBy(slimRequests, ({ sendMessage }) => sendMessage(message), taken);
  expect(ours).toEqual(await madeBy(sdkRequests, ({ sendMessage }) => sendMessage(message), taken));
  expect(ours.outcome).toEqual({ answered: { MessageId: "c", MD5OfMessageBody } });
});

const cases = Object.keys(asked)
  .flatMap((what) => Object.keys(reactions).map((how) => [what, how] as const))
  .filter(([what, how]) => what === "getParameter" || how !== "a value");

it.each(cases)("%s with %s", async (what, how) => {
  const [ask, react] = [asked[what], reactions[how]] as [(typeof asked)[string], React];
  const ours = await madeBy(slimRequests, ask, react);
  expect(ours).toEqual(await madeBy(sdkRequests, ask, react));
  expect(ours.sent.length).toBeGreaterThan(0);
});

it("DYNAMODB_CLIENT=sdk has the SDK ask, where the SDK finds a service", async () => {
  server = await openFaultServer([says(200, '{"Parameter":{"Value":"b"}}')]);
  for (const [name, value] of Object.entries({ DYNAMODB_CLIENT: "sdk", AWS_ENDPOINT_URL_SSM: server.url }))
    vi.stubEnv(name, value);
  vi.stubEnv("SQS_ENDPOINT", undefined);
  vi.resetModules();
  const { requests } = await import("./requests.ts");
  const { getParameter } = await requests();
  expect(await getParameter(parameter)).toMatchObject({ Parameter: { Value: "b" } });
  expect(server.received[0]?.headers["user-agent"]).toContain("aws-sdk-js");
});
