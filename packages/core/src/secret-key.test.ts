import { createHmac } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { setSecrets } from "../test/stage-keys.ts";
import { generateSecrets } from "./generate-secrets.ts";
import { secretKey } from "./secret-key.ts";

const readKey = secretKey("CODE_KEY");

afterEach(() => setSecrets({}));

describe("the key of a secret", () => {
  it("is its bytes", async () => {
    const { CODE_KEY } = generateSecrets();
    setSecrets({ CODE_KEY });
    const macOf = (key: Parameters<typeof createHmac>[1]) => createHmac("sha256", key).digest("hex");
    expect(macOf(await readKey())).toBe(macOf(Buffer.from(CODE_KEY, "base64url")));
  });

  it("is made once for a value, and anew for another", async () => {
    const { CODE_KEY } = generateSecrets();
    setSecrets({ CODE_KEY });
    const key = await readKey();
    setSecrets({ CODE_KEY });
    expect(await readKey()).toBe(key);
    setSecrets({});
    expect(await readKey()).not.toBe(key);
  });

  it("of one secret is not that of another", async () => {
    const [code, refresh] = await Promise.all([readKey(), secretKey("REFRESH_KEY")()]);
    expect(code.equals(refresh)).toBe(false);
  });

  it.each(["short", Buffer.alloc(31).toString("base64url"), "!".repeat(64)])(
    "is refused where the secret is %j, each time and by its name",
    async (CODE_KEY) => {
      setSecrets({ CODE_KEY });
      for (let time = 0; time < 2; time += 1)
        await expect(readKey()).rejects.toThrow("CODE_KEY: should be at least 32 random bytes in base64url");
    },
  );
});
