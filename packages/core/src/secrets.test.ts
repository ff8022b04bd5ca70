import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { forgetConfig } from "./config.ts";
import { forgetSecrets, secret, secretAnew } from "./secrets.ts";

const folder = mkdtempSync(join(tmpdir(), "gatehouse-secrets-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeEach(forgetSecrets);

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  forgetConfig();
});

function readFrom(source: string, cacheSeconds = 300): void {
  vi.stubEnv("SECRETS", source);
  vi.stubEnv("SECRETS_CACHE_SECONDS", String(cacheSeconds));
  forgetConfig();
}

describe("secrets in a file", () => {
  const file = join(folder, "secrets.json");

  function write(text: string): void {
    writeFileSync(file, text);
  }

  beforeEach(() => {
    write('{"PASSWORD_PEPPER":"first"}');
    readFrom(`file:${file}`);
  });

  it("are read by name", async () => {
    expect(await secret("PASSWORD_PEPPER")).toBe("first");
  });

  it.each(["{}", '{"PASSWORD_PEPPER":""}', '{"PASSWORD_PEPPER":7}', '{"PASSWORD_PEPPER":{"a":1}}'])(
    "are missing from %s, which is said with the name and the place",
    async (text) => {
      write(text);
      await expect(secret("PASSWORD_PEPPER")).rejects.toThrow(
        `PASSWORD_PEPPER: is not among the secrets at file:${file}`,
      );
    },
  );

  it("are kept for the cache time and then read again", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: 1_780_000_000_000 });
    await secret("PASSWORD_PEPPER");
    write('{"PASSWORD_PEPPER":"second"}');
    vi.setSystemTime(1_780_000_299_999);
    expect(await secret("PASSWORD_PEPPER")).toBe("first");
    vi.setSystemTime(1_780_000_300_000);
    expect(await secret("PASSWORD_PEPPER")).toBe("second");
  });

  it("are read anew when they are forgotten", async () => {
    await secret("PASSWORD_PEPPER");
    write('{"PASSWORD_PEPPER":"second"}');
    forgetSecrets();
    expect(await secret("PASSWORD_PEPPER")).toBe("second");
  });

  it("stay in use when a later read fails, and are asked for again after the cache time", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: 1_780_000_000_000 });
    await secret("PASSWORD_PEPPER");
    write("half a fil");
    vi.setSystemTime(1_780_000_300_000);
    expect(await secret("PASSWORD_PEPPER")).toBe("first");
    write('{"PASSWORD_PEPPER":"second"}');
    expect(await secret("PASSWORD_PEPPER")).toBe("first");
    vi.setSystemTime(1_780_000_600_000);
    expect(await secret("PASSWORD_PEPPER")).toBe("second");
  });

  it("a file that cannot be read is unavailable, and asked for again the next time", async () => {
    readFrom(`file:${file}.elsewhere`);
    await expect(secret("PASSWORD_PEPPER")).rejects.toMatchObject({
      code: "unavailable",
      retryAfterSeconds: 1,
      cause: { code: "ENOENT" },
    });
    writeFileSync(`${file}.elsewhere`, '{"PASSWORD_PEPPER":"back"}');
    expect(await secret("PASSWORD_PEPPER")).toBe("back");
  });

  it("a first read that fails is not kept", async () => {
    write("half a fil");
    await expect(secret("PASSWORD_PEPPER")).rejects.toThrow(SyntaxError);
    write('{"PASSWORD_PEPPER":"first"}');
    expect(await secret("PASSWORD_PEPPER")).toBe("first");
  });
});

describe("a secret that somebody found too old", () => {
  const file = join(folder, "anew.json");

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["Date"], now: 1_780_000_000_000 });
    writeFileSync(file, '{"VERIFICATION_KEYS":"first"}');
    readFrom(`file:${file}`);
  });

  it("is read again, though not sooner than ten seconds after it was", async () => {
    expect(await secret("VERIFICATION_KEYS")).toBe("first");
    writeFileSync(file, '{"VERIFICATION_KEYS":"second"}');
    vi.setSystemTime(1_780_000_009_999);
    expect(await secretAnew("VERIFICATION_KEYS")).toBe("first");
    vi.setSystemTime(1_780_000_010_000);
    expect(await secretAnew("VERIFICATION_KEYS")).toBe("second");
    expect(await secret("VERIFICATION_KEYS")).toBe("second");
  });

  it("is kept for the cache time of those who do not find it so", async () => {
    await secret("VERIFICATION_KEYS");
    writeFileSync(file, '{"VERIFICATION_KEYS":"second"}');
    vi.setSystemTime(1_780_000_299_999);
    expect(await secret("VERIFICATION_KEYS")).toBe("first");
  });

  it("stays in use where it cannot be read again", async () => {
    await secret("VERIFICATION_KEYS");
    writeFileSync(file, "half a fil");
    vi.setSystemTime(1_780_000_010_000);
    expect(await secretAnew("VERIFICATION_KEYS")).toBe("first");
  });

  it("stays in use no longer than an hour after it was last read, however often that fails", async () => {
    await secret("VERIFICATION_KEYS");
    writeFileSync(file, "half a fil");
    for (const seconds of [300, 900, 2000, 3600]) {
      vi.setSystemTime(1_780_000_000_000 + seconds * 1000);
      expect(await secretAnew("VERIFICATION_KEYS")).toBe("first");
    }
    vi.setSystemTime(1_780_003_611_000);
    await expect(secretAnew("VERIFICATION_KEYS")).rejects.toThrow();
    writeFileSync(file, '{"VERIFICATION_KEYS":"second"}');
    expect(await secret("VERIFICATION_KEYS")).toBe("second");
  });
});

describe("secrets in the parameter store", () => {
  const parameters = new Map<string, string>();
  const asked: { target: unknown; body: unknown }[] = [];
  let failure: { status: number; type: string } | undefined;

  const store = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    const body = JSON.parse(text) as { Name: string };
    asked.push({ target: request.headers["x-amz-target"], body });
    const value = parameters.get(body.Name);
    response.setHeader("Content-Type", "application/x-amz-json-1.1");
    const refusal = failure ?? (value === undefined ? { status: 400, type: "ParameterNotFound" } : undefined);
    response.statusCode = refusal?.status ?? 200;
    response.end(
      JSON.stringify(refusal ? { __type: refusal.type } : { Parameter: { Name: body.Name, Value: value } }),
    );
  });

  beforeEach(async () => {
    if (!store.listening) await new Promise<void>((resolve) => store.listen(0, "127.0.0.1", resolve));
    vi.stubEnv("AWS_ENDPOINT_URL_SSM", `http://127.0.0.1:${(store.address() as AddressInfo).port}`);
    readFrom("ssm:/sst/gatehouse/test/Secret");
    parameters.clear();
    asked.length = 0;
    failure = undefined;
  });

  afterAll(() => {
    store.closeAllConnections();
    store.close();
  });

  it("are asked for decrypted, where `sst secrets set` puts them", async () => {
    parameters.set("/sst/gatehouse/test/Secret/PASSWORD_PEPPER/value", "pepper");
    expect(await secret("PASSWORD_PEPPER")).toBe("pepper");
    expect(asked).toEqual([
      {
        target: "AmazonSSM.GetParameter",
        body: { Name: "/sst/gatehouse/test/Secret/PASSWORD_PEPPER/value", WithDecryption: true },
      },
    ]);
  });

  it("are read once by all who ask together, and once each by name", async () => {
    parameters.set("/sst/gatehouse/test/Secret/PASSWORD_PEPPER/value", "pepper");
    parameters.set("/sst/gatehouse/test/Secret/SIGNING_KEYS/value", "keys");
    const together = Array.from({ length: 20 }, () => secret("PASSWORD_PEPPER"));
    expect(new Set(await Promise.all(together))).toEqual(new Set(["pepper"]));
    expect(await secret("SIGNING_KEYS")).toBe("keys");
    expect(asked).toHaveLength(2);
  });

  it("are read again once in ten seconds, however often and by however many they are found too old", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    parameters.set("/sst/gatehouse/test/Secret/VERIFICATION_KEYS/value", "keys");
    await secret("VERIFICATION_KEYS");
    for (let second = 0; second < 25; second += 1) {
      await Promise.all(Array.from({ length: 20 }, () => secretAnew("VERIFICATION_KEYS")));
      vi.setSystemTime(Date.now() + 1000);
    }
    expect(asked).toHaveLength(3);
  });

  it("that are not there are named, and asked for again the next time", async () => {
    const name = "VERIFICATION_KEYS";
    await expect(secret(name)).rejects.toThrow(
      "VERIFICATION_KEYS: is not among the secrets at ssm:/sst/gatehouse/test/Secret",
    );
    parameters.set("/sst/gatehouse/test/Secret/VERIFICATION_KEYS/value", "keys");
    expect(await secret(name)).toBe("keys");
  });

  it.each([
    [500, "InternalServerError", 3],
    [400, "ThrottlingException", 3],
    [400, "InvalidKeyId", 1],
    [400, "AccessDeniedException", 1],
  ])("a store that answers %d %s is unavailable, asked %d times", async (status, type, times) => {
    failure = { status, type };
    await expect(secret("PASSWORD_PEPPER")).rejects.toMatchObject({
      code: "unavailable",
      retryAfterSeconds: 1,
      cause: { name: type },
    });
    expect(asked).toHaveLength(times);
  });

  it("a store that goes down signs nobody out", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    parameters.set("/sst/gatehouse/test/Secret/PASSWORD_PEPPER/value", "pepper");
    await secret("PASSWORD_PEPPER");
    failure = { status: 500, type: "InternalServerError" };
    vi.setSystemTime(Date.now() + 301_000);
    expect(await secret("PASSWORD_PEPPER")).toBe("pepper");
    expect(asked).toHaveLength(4);
  });
});
