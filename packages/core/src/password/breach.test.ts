import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { captureStdout } from "../../../functions/test/stdout.ts";
import { sha1Of, startRangeServer } from "../../test/range-server.ts";
import { forgetConfig } from "../config.ts";
import { breached, findBreach } from "./breach.ts";

const password = "violet marmalade 93 tram";
const digest = sha1Of(password);

const ranges = await startRangeServer();
afterAll(() => ranges.stop());

const stdout = captureStdout();

function setCheck(setting: string, url = ranges.url): void {
  vi.stubEnv("BREACHED_PASSWORD_CHECK", setting);
  vi.stubEnv("BREACHED_PASSWORD_URL", url);
  forgetConfig();
}

beforeEach(() => {
  setCheck("hibp");
  ranges.know(password);
  ranges.requests();
});

afterEach(() => {
  vi.unstubAllEnvs();
  forgetConfig();
});

describe("a password", () => {
  it("that was in a breach is told so", async () => {
    expect(await findBreach(password)).toBe(breached);
    expect(stdout.text()).toBe("");
  });

  it("that was in none is told nothing, though others of its range were", async () => {
    ranges.answerWith((_, response) =>
      response.end(`${digest.slice(5, -1)}${digest.endsWith("0") ? 1 : 0}:9`),
    );
    expect(await findBreach(password)).toBeUndefined();
    expect(stdout.text()).toBe("");
  });

  it("is found whatever the case of the digits", async () => {
    ranges.answerWith((_, response) => response.end(`${digest.slice(5).toLowerCase()}:1`));
    expect(await findBreach(password)).toBe(breached);
  });

  it("that only padding has is in no breach", async () => {
    ranges.answerWith((_, response) => response.end(`${digest.slice(5)}:0`));
    expect(await findBreach(password)).toBeUndefined();
  });

  it("is looked up as it is hashed: composed, and otherwise as it was typed", async () => {
    ranges.know("caf\u00E9 marmalade", " Ofﬁce ");
    expect(await findBreach("caf\u00E9 marmalade")).toBe(breached);
    expect(await findBreach("cafe\u0301 marmalade")).toBe(breached);
    expect(await findBreach(" Ofﬁce ")).toBe(breached);
    for (const other of ["Ofﬁce", " Office ", " ofﬁce "]) expect(await findBreach(other)).toBeUndefined();
  });

  it("gives away five digits of its hash and no more", async () => {
    await findBreach(password);
    const [request, ...others] = ranges.requests();
    expect(others).toEqual([]);
    expect(request?.path).toBe(`/range/${digest.slice(0, 5)}`);
    expect(JSON.stringify(request)).not.toContain(digest.slice(5, 10));
  });

  it("is told nothing and nobody is asked where the stage does not check", async () => {
    for (const setting of ["off", ""]) {
      setCheck(setting);
      expect(await findBreach(password)).toBeUndefined();
    }
    expect(ranges.requests()).toEqual([]);
  });
});

describe("where the look-up comes to nothing the password stands, and one line of the log says why:", () => {
  async function expectItStands(reason: unknown): Promise<void> {
    expect(await findBreach(password)).toBeUndefined();
    const message = "a password was not looked up among breached ones";
    expect(stdout.lines()).toEqual([
      { level: "INFO", message, service: "gatehouse", timestamp: expect.any(String), reason },
    ]);
    for (const secret of ["marmalade", digest, digest.slice(0, 5), digest.slice(5)]) {
      expect(stdout.text().toUpperCase()).not.toContain(secret.toUpperCase());
    }
  }

  it.each([403, 429, 500, 503])("it answers %i", async (status) => {
    ranges.answerWith((_, response) => response.writeHead(status).end(`${digest.slice(5)}:1`));
    await expectItStands(`it answered ${status}`);
  });

  it("it answers garbage, and repeats the question in it", async () => {
    ranges.answerWith(({ url }, response) => response.end(`<p>no such page: ${url}</p>\n${digest}`));
    await expectItStands("it answered something else than a range");
  });

  it("it speaks no HTTP, and repeats the question in that", async () => {
    ranges.answerWith(({ url, socket }) => socket.end(`no such page: ${url}\r\n\r\n`));
    await expectItStands(expect.stringMatching(/^HPE_[A-Z_]+$/));
  });

  it("it hangs up", async () => {
    ranges.answerWith(({ socket }) => socket.destroy());
    await expectItStands("ECONNRESET");
  });

  it("a second has passed", async () => {
    const limit = new AbortController();
    const timeout = vi.spyOn(AbortSignal, "timeout").mockReturnValue(limit.signal);
    ranges.answerWith((_, response) => {
      response.write(`${digest.slice(5)}:1\r\n`);
      limit.abort();
    });
    await expectItStands("it took longer than a second");
    expect(timeout.mock.calls).toEqual([[1000]]);
  });

  it("nobody is there", async () => {
    const gone = await startRangeServer();
    gone.stop();
    setCheck("hibp", gone.url);
    await expectItStands("ECONNREFUSED");
  });
});
