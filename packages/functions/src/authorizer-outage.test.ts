import { writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { config } from "@gatehouse/core/config";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { recordedEvent, shapes } from "../test/authorizer-events.ts";
import { newPerson } from "../test/people.ts";
import { captureStdout } from "../test/stdout.ts";

const stdout = captureStdout();

let token: string;
beforeAll(async () => {
  token = (await newPerson()).token;
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

/** An authorizer that starts with these settings in place of the file's. */
async function authorizerWith(settings: Record<string, string>) {
  for (const [key, value] of Object.entries(settings)) vi.stubEnv(key, value);
  vi.resetModules();
  return (await import("./authorizer.ts")).handler;
}

async function secretsWithout(name: string): Promise<string> {
  const path = config().secrets.slice("file:".length);
  const { [name]: _, ...rest } = JSON.parse(await readFile(path, "utf8")) as Record<string, string>;
  writeFileSync(`${path}.without`, JSON.stringify(rest), { mode: 0o600 });
  return `file:${path}.without`;
}

/** A DynamoDB that answers each request the same. */
async function dynamodbThatSays(status: number, type: string): Promise<{ url: string; close: () => void }> {
  const server = createServer((_request, response) => {
    response.writeHead(status, { "Content-Type": "application/x-amz-json-1.0" });
    response.end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: "no" }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

describe.each(shapes)("asked by a %s event, the authorizer", (shape) => {
  const event = () => recordedEvent(shape, `Bearer ${token}`);

  it("throws while the table is out of reach, so that no answer is kept", async () => {
    const { url, close } = await dynamodbThatSays(500, "InternalServerError");
    close();
    const handler = await authorizerWith({ DYNAMODB_ENDPOINT: url });
    await expect(handler(event())).rejects.toThrow();
    expect(stdout.lines()).toMatchObject([
      { level: "ERROR", message: "authorizer", error: { code: "unavailable" } },
    ]);
    expect(stdout.counts()).toMatchObject([{ AuthorizerErrors: 1 }]);
  });

  it("throws while the verification keys are missing", async () => {
    const handler = await authorizerWith({ SECRETS: await secretsWithout("VERIFICATION_KEYS") });
    await expect(handler(event())).rejects.toThrow("VERIFICATION_KEYS");
  });
});

describe("the authorizer", () => {
  it.each([
    [500, "InternalServerError"],
    [400, "ThrottlingException"],
    [400, "ProvisionedThroughputExceededException"],
    [400, "ResourceNotFoundException"],
    [400, "AccessDeniedException"],
  ])("neither allows nor denies where the table answers %d %s", async (status, type) => {
    const { url, close } = await dynamodbThatSays(status, type);
    const handler = await authorizerWith({ DYNAMODB_ENDPOINT: url });
    await expect(handler(recordedEvent("HTTP REQUEST 2.0", `Bearer ${token}`))).rejects.toThrow();
    close();
    expect(stdout.text()).not.toContain(token);
  });

  it("denies what is no token without asking for table or keys", async () => {
    const { url, close } = await dynamodbThatSays(500, "InternalServerError");
    close();
    const settings = { DYNAMODB_ENDPOINT: url, SECRETS: await secretsWithout("VERIFICATION_KEYS") };
    const handler = await authorizerWith(settings);
    const { policyDocument } = await handler(recordedEvent("HTTP REQUEST 2.0", "Bearer nothing"));
    expect(policyDocument.Statement[0]?.Effect).toBe("Deny");
  });

  it("works with the verification keys alone: it never asks for a key that signs", async () => {
    const handler = await authorizerWith({ SECRETS: await secretsWithout("SIGNING_KEYS") });
    const { policyDocument } = await handler(recordedEvent("HTTP REQUEST 2.0", `Bearer ${token}`));
    expect(policyDocument.Statement[0]?.Effect).toBe("Allow");
  });
});
