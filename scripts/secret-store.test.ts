import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { openParameterStore, openSecretFile } from "./secret-store.ts";
import { type ParameterStore, startParameterStore } from "./test/parameter-store.ts";
import { credentials } from "./test/run-script.ts";

describe("the file", () => {
  let directory: string;
  let file: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "gatehouse-secrets-"));
    file = join(directory, "secrets.json");
  });
  afterEach(() => rm(directory, { recursive: true }));

  it("holds nothing where there is none", async () => {
    expect(await openSecretFile(directory).read()).toEqual({});
  });

  it("is made with its directory, for its owner only, and leaves no draft behind", async () => {
    const inside = join(directory, "data");
    await openSecretFile(inside).write("REFRESH_KEY", "key");
    expect((await stat(inside)).mode & 0o777).toBe(0o700);
    expect((await stat(join(inside, "secrets.json"))).mode & 0o777).toBe(0o600);
    expect(await readdir(inside)).toEqual(["secrets.json"]);
  });

  it("keeps what it holds besides, and is closed to others again if somebody opened it", async () => {
    await writeFile(file, `{"PASSWORD_PEPPER":"pepper","REFRESH_KEY":"old"}`);
    await chmod(file, 0o644);
    const store = openSecretFile(directory);
    await store.read();
    await store.write("REFRESH_KEY", "new");
    expect(JSON.parse(await readFile(file, "utf8"))).toEqual({
      PASSWORD_PEPPER: "pepper",
      REFRESH_KEY: "new",
    });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it("keeps a secret that somebody else made after it was read", async () => {
    const store = openSecretFile(directory);
    await store.read();
    await openSecretFile(directory).write("SIGNING_KEYS", "theirs");
    await expect(store.write("SIGNING_KEYS", "ours")).rejects.toThrow(
      `SIGNING_KEYS of ${file} was made by somebody else meanwhile, and is kept`,
    );
    expect(await store.read()).toEqual({ SIGNING_KEYS: "theirs" });
  });

  it.each(["", "{", "null", "[]", `{"SIGNING_KEYS":1}`])(
    "that holds %j is damaged, and stays as it is",
    async (text) => {
      await writeFile(file, text);
      const store = openSecretFile(directory);
      const message = `The secrets in ${file} are damaged: put a good copy there`;
      await expect(store.read()).rejects.toThrow(message);
      await expect(store.write("SIGNING_KEYS", "ours")).rejects.toThrow(message);
      expect(await readFile(file, "utf8")).toBe(text);
    },
  );

  it("that cannot be read or written is one line", async () => {
    await writeFile(join(directory, "occupied"), "");
    await expect(openSecretFile(join(directory, "occupied", "x")).read()).rejects.toThrow(
      /cannot be read: .*$/,
    );
    await expect(openSecretFile(join(directory, "occupied")).read()).rejects.toThrow(/cannot be read: .*$/);
  });
});

describe("the parameters of a stage", () => {
  let server: ParameterStore;
  beforeAll(async () => {
    server = await startParameterStore();
  });
  afterAll(() => server.stop());
  beforeEach(() => {
    server.hold();
    for (const [name, value] of Object.entries(credentials)) vi.stubEnv(name, value);
    vi.stubEnv("AWS_ENDPOINT_URL", server.url);
  });
  afterEach(() => vi.unstubAllEnvs());

  it("are encrypted, where `sst secrets set` puts them", async () => {
    const store = openParameterStore("anna", "eu-west-1");
    await store.write("REFRESH_KEY", "key");
    expect(server.stored).toEqual([
      {
        Name: "/sst/gatehouse/anna/Secret/REFRESH_KEY/value",
        Value: "key",
        Type: "SecureString",
        Tier: "Intelligent-Tiering",
      },
    ]);
    expect(await store.read()).toEqual({ REFRESH_KEY: "key" });
    expect(store.place).toBe("stage anna in eu-west-1");
  });

  it("are each stage's own", async () => {
    await openParameterStore("anna").write("REFRESH_KEY", "key");
    expect(await openParameterStore("ben").read()).toEqual({});
  });

  it("are replaced where they were read, and kept where somebody else made them after that", async () => {
    const store = openParameterStore("anna");
    await store.write("REFRESH_KEY", "first");
    await expect(store.write("REFRESH_KEY", "second")).rejects.toThrow("made by somebody else meanwhile");
    await store.read();
    await store.write("REFRESH_KEY", "second");
    expect(server.valueOf("REFRESH_KEY")).toBe("second");
  });

  it.each(["", "a/b", "../prod", "1st", "a b"])("%j is no stage", (stage) => {
    expect(() => openParameterStore(stage)).toThrow("A stage's name is made of");
  });
});
