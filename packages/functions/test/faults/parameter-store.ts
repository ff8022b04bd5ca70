import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { config, forgetConfig } from "@gatehouse/core/config";
import { vi } from "vitest";

/** Moves the secrets of this file's stage into a parameter store, as they lie on AWS, until the answer is called. */
export async function openParameterStore(): Promise<() => void> {
  const path = config().secrets.slice("file:".length);
  const secrets = JSON.parse(await readFile(path, "utf8")) as Record<string, string>;
  const store = createServer(async (request, response) => {
    const { Name } = (await json(request)) as { Name: string };
    const Value = secrets[String(Name.split("/").at(-2))];
    response.setHeader("Content-Type", "application/x-amz-json-1.1");
    response.end(JSON.stringify({ Parameter: { Name, Value } }));
  });
  await new Promise<void>((resolve) => store.listen(0, "127.0.0.1", resolve));
  vi.stubEnv("AWS_ENDPOINT_URL_SSM", `http://127.0.0.1:${(store.address() as AddressInfo).port}`);
  vi.stubEnv("SECRETS", "ssm:/sst/gatehouse/test/Secret");
  forgetConfig();
  return () => {
    vi.unstubAllEnvs();
    forgetConfig();
    store.closeAllConnections();
    store.close();
  };
}
