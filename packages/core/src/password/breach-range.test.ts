import { once } from "node:events";
import { IncomingMessage } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { pipeline, Readable } from "node:stream";
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { sha1Of, startRangeServer } from "../../test/range-server.ts";
import { readRange } from "./breach-range.ts";

const ranges = await startRangeServer();
afterAll(() => ranges.stop());

beforeEach(() => {
  ranges.know("password");
  ranges.requests();
});

afterEach(() => {
  vi.restoreAllMocks();
});

const never = new AbortController().signal;
const read = (signal = never) => readRange(ranges.url, "5BAA6", signal);

const [one, other, third] = ["1", "2", "A"].map((digit) => digit.repeat(35)) as [string, string, string];

function answerWithText(text: string): void {
  ranges.answerWith((_, response) => response.end(text));
}

describe("reading a range", () => {
  it("asks for five digits and padding, says what asks, and sends nothing else", async () => {
    await read();
    expect(ranges.requests()).toEqual([
      {
        method: "GET",
        path: "/range/5BAA6",
        headers: {
          host: new URL(ranges.url).host,
          "user-agent": "gatehouse",
          "add-padding": "true",
          connection: "close",
        },
      },
    ]);
  });

  it("asks a mirror below its own path", async () => {
    await readRange(`${ranges.url}/mirror`, "5BAA6", never);
    expect(ranges.requests()).toMatchObject([{ path: "/mirror/range/5BAA6" }]);
  });

  it("answers the rest of every hash that begins so", async () => {
    expect(await read()).toContain(sha1Of("password").slice(5));
  });

  it.each([
    ["as the service writes it", `${one}:1\r\n${third}:52579\r\n${other}:0`],
    ["in lower case", `${one}:1\r\n${third.toLowerCase()}:2\r\n${other}:0`],
    ["with a line feed behind each row", `${one}:1\n${other}:0\n${third}:2\n`],
    ["with as high a count as there will ever be", `${one}:999999999999\r\n${third}:1\r\n${other}:000`],
  ])("understands it %s, and leaves out padding", async (_, text) => {
    answerWithText(text);
    expect(await read()).toEqual(new Set([one, third]));
  });

  it.each([
    ["nothing", ""],
    ["a page", "<!doctype html><title>Log in to this network</title>"],
    ["JSON", JSON.stringify({ [one]: 1 })],
    ["a row that is cut off", `${one}:1\r\n${other.slice(1)}`],
    ["a row without a count", `${one}:1\r\n${other}`],
    ["a negative count", `${one}:-1`],
    ["whole hashes", `${sha1Of("password")}:1`],
    ["an empty row among others", `${one}:1\r\n\r\n${other}:1`],
    ["letters that are no digits", `${"G".repeat(35)}:1`],
  ])("takes %s for no range", async (_, text) => {
    answerWithText(text);
    await expect(read()).rejects.toThrow("it answered something else than a range");
  });

  it.each([204, 304, 400, 401, 403, 404, 429, 500, 503])("believes no answer of %i", async (status) => {
    ranges.answerWith((_, response) => response.writeHead(status).end(`${one}:1`));
    await expect(read()).rejects.toThrow(`it answered ${status}`);
  });

  it("goes nowhere else when it is told to", async () => {
    ranges.answerWith((_, response) =>
      response.writeHead(302, { Location: `${ranges.url}/elsewhere` }).end(),
    );
    await expect(read()).rejects.toThrow("it answered 302");
    expect(ranges.requests()).toHaveLength(1);
  });

  it("does not read on for ever", async () => {
    function* endless() {
      for (;;) yield `${one}:1\r\n`.repeat(1000);
    }
    ranges.answerWith((_, response) => pipeline(Readable.from(endless()), response, () => {}));
    await expect(read()).rejects.toThrow("it answered without end");
  });

  it("believes no part of an answer that breaks off", async () => {
    ranges.answerWith((_, response) => {
      response.writeHead(200, { "Content-Length": "1000" });
      response.write(`${one}:1\r\n`, () => response.destroy());
    });
    await expect(read()).rejects.toThrow("aborted");
  });
});

describe("reading a range ends with its signal", () => {
  it("before the answer has begun", async () => {
    const limit = new AbortController();
    ranges.answerWith(() => limit.abort());
    await expect(read(limit.signal)).rejects.toThrow("aborted");
  });

  it("in the middle of the answer", async () => {
    const limit = new AbortController();
    const begun = vi.spyOn(IncomingMessage.prototype, "setEncoding");
    ranges.answerWith((_, response) => response.write(`${one}:1\r\n`));
    const reading = read(limit.signal);
    await vi.waitFor(() => expect(begun).toHaveBeenCalledOnce());
    limit.abort();
    await expect(reading).rejects.toThrow("aborted");
  });
});

describe("nothing is read", () => {
  it("where nobody listens", async () => {
    const gone = await startRangeServer();
    gone.stop();
    await expect(readRange(gone.url, "5BAA6", never)).rejects.toThrow("ECONNREFUSED");
  });

  it("from what speaks no TLS where the URL says https, and not a digit is sent in the clear", async () => {
    let heard = Buffer.alloc(0);
    const server = createServer((socket) => {
      socket.once("data", (bytes) => {
        heard = bytes;
        socket.end("HTTP/1.1 200 OK\r\n\r\n");
      });
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await expect(readRange(url, "5BAA6", never)).rejects.toThrow();
    server.close();
    // A handshake (RFC 8446 section 5.1, ContentType).
    expect(heard[0]).toBe(22);
    expect(heard.toString("latin1")).not.toContain("5BAA6");
  });
});
