import { afterEach, expect, it, vi } from "vitest";
import { answersWell, type FaultServer, item, openFaultServer, says } from "../../../test/fault-server.ts";
import { overLine } from "../../../test/faulty-transport.ts";
import { freshClient } from "../../../test/two-clients.ts";
import { forgetConfig } from "../../config.ts";
import { until } from "../../deadline.ts";

let server: FaultServer;

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  forgetConfig();
  server?.close();
});

async function clientOf(...reactions: Parameters<typeof openFaultServer>[0]) {
  server = await openFaultServer(reactions);
  vi.stubEnv("DYNAMODB_ENDPOINT", server.url);
  forgetConfig();
  return freshClient("slim");
}

const question = { TableName: "table", Key: { pk: "a" } } as const;

it("a connection is kept for the next request", async () => {
  const client = await clientOf(answersWell);
  for (let time = 0; time < 5; time += 1) await client.call("GetItem", question);
  expect(server.received).toHaveLength(5);
  expect(server.connections()).toBe(1);
});

it("a request says what it asks for, by whom it is signed, and which try of which call it is", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0);
  vi.stubEnv("AWS_SESSION_TOKEN", "a token of Lambda's");
  const client = await clientOf(says(500, ""), answersWell);
  await client.call("GetItem", question);
  const [first, second] = server.received.map(({ headers }) => headers);
  expect(first).toMatchObject({
    "content-type": "application/x-amz-json-1.0",
    "x-amz-target": "DynamoDB_20120810.GetItem",
    "x-amz-security-token": "a token of Lambda's",
    "amz-sdk-request": "attempt=1; max=3",
    authorization: expect.stringMatching(
      /^AWS4-HMAC-SHA256 Credential=\S+\/\d{8}\/[\w-]+\/dynamodb\/aws4_request, SignedHeaders=[\w;-]*host;[\w;-]*x-amz-security-token[\w;-]*, Signature=[0-9a-f]{64}$/,
    ),
  });
  expect(second?.["amz-sdk-request"]).toBe("attempt=2; max=3");
  expect(second?.["amz-sdk-invocation-id"]).toBe(first?.["amz-sdk-invocation-id"]);
});

it("a transaction is the same one at each try, by its token", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0);
  const client = await clientOf(says(500, ""), says(200, "{}"));
  await client.call("TransactWriteItems", { TransactItems: [] });
  const tokens = server.received.map(({ body }) => JSON.parse(body).ClientRequestToken);
  expect(tokens).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/), tokens[0]]);
});

it("a token that a caller gives is sent", async () => {
  const client = await clientOf(says(200, "{}"));
  await client.call("TransactWriteItems", { TransactItems: [], ClientRequestToken: "mine" });
  expect(JSON.parse(server.received[0]?.body ?? "").ClientRequestToken).toBe("mine");
});

it("a request ends with its deadline, and none begins after it", async () => {
  const limit = new AbortController();
  const client = await clientOf(() => limit.abort(), answersWell);
  const ask = () => until(limit.signal, () => client.call("GetItem", question));
  await expect(ask()).rejects.toMatchObject({ name: "AbortError" });
  await expect(ask()).rejects.toMatchObject({ name: "AbortError" });
  expect(server.received).toHaveLength(1);
});

it("a table that keeps failing is asked less and less, until one answer after another comes", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0);
  const client = await clientOf(says(500, ""));
  const asked: number[] = [];
  for (let time = 0; time < 25; time += 1) {
    const before = server.received.length;
    await client.call("GetItem", question).catch(() => undefined);
    asked.push(server.received.length - before);
  }
  expect([asked[0], asked.at(-1)]).toEqual([3, 1]);
});

it("over TLS nothing is sent to a server that has none", async () => {
  const client = await clientOf(answersWell);
  vi.stubEnv("DYNAMODB_ENDPOINT", server.url.replace("http:", "https:"));
  forgetConfig();
  const secure = freshClient("slim");
  vi.spyOn(Math, "random").mockReturnValue(0);
  await expect(secure.call("GetItem", question)).rejects.toThrow();
  expect(server.received).toEqual([]);
  expect(await client.call("GetItem", question)).toMatchObject({ Item: { pk: item.Item.pk.S } });
});

it("what a wire throws of itself is thrown as it is", async () => {
  const client = await clientOf(answersWell);
  const told = Object.assign(new Error("told by a test"), { name: "AbortError" });
  const asking = overLine(
    async () => {
      throw told;
    },
    () => client.call("GetItem", question),
  );
  await expect(asking).rejects.toBe(told);
});
