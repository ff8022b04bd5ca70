import { describe, expect, it, vi } from "vitest";
import { createFetch, type RequestRecord } from "./index.ts";
import { route } from "./test/send.ts";

const url = "http://anywhere.example";

interface Echo {
  readonly rawPath: string;
  readonly rawQueryString: string;
  readonly body?: string;
  readonly requestContext: { readonly http: { readonly method: string } };
}

const records: RequestRecord[] = [];
const inProcess = createFetch({
  routes: [
    route("ANY /echo", (event: Echo) => event),
    route("GET /text", () => ({ statusCode: 200, body: "grüß dich" })),
    route("GET /cookies", () => ({ statusCode: 200, cookies: ["a=1; Path=/", "b=2; HttpOnly"] })),
  ],
  onRequest: (record) => records.push(record),
});

describe("a call", () => {
  it("takes a string, a URL and a Request, whose parts an init replaces", async () => {
    const address = `${url}/echo?b=c`;
    const request = new Request(address, { method: "PUT", body: "x" });
    for (const input of [address, new URL(address), request.clone()]) {
      expect(await (await inProcess(input)).json()).toMatchObject({
        rawPath: "/echo",
        rawQueryString: "b=c",
      });
    }
    const patched = await inProcess(request, { method: "PATCH" });
    expect(await patched.json()).toMatchObject({ requestContext: { http: { method: "PATCH" } }, body: "x" });
  });

  it("is refused as fetch refuses it where it makes no request", async () => {
    for (const [address, init] of [
      ["/relative", {}],
      [url, { body: "of a GET" }],
      [url, { headers: { "not a name": "" } }],
    ] as const) {
      await expect(fetch(address, init)).rejects.toThrow(TypeError);
      await expect(inProcess(address, init)).rejects.toThrow(TypeError);
    }
  });

  it("gives each cookie by itself", async () => {
    const { headers } = await inProcess(`${url}/cookies`);
    expect(headers.getSetCookie()).toEqual(["a=1; Path=/", "b=2; HttpOnly"]);
  });

  it("sends a body that streams, and fails with one that breaks off, which nobody reports", async () => {
    const streaming = new Blob(["streamed"]).stream();
    const headers = { "Content-Type": "text/plain" };
    const whole = await inProcess(`${url}/echo`, {
      method: "POST",
      headers,
      body: streaming,
      duplex: "half",
    });
    expect(await whole.json()).toMatchObject({ body: "streamed" });
    const before = records.length;
    const broken = new ReadableStream({ pull: (controller) => controller.error(new Error("no more")) });
    const call = inProcess(`${url}/echo`, { method: "POST", body: broken, duplex: "half" });
    await expect(call).rejects.toThrow(TypeError);
    expect(records).toHaveLength(before);
  });
});

describe("a call that is aborted", () => {
  const reason = new Error("enough");

  it("before it begins reaches no function", async () => {
    const target = vi.fn(async () => "ok");
    const alone = createFetch({ routes: [{ routeKey: "GET /", target }] });
    await expect(alone("http://a", { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(target).not.toHaveBeenCalled();
  });

  it("while the function runs rejects at once with the reason, and the function goes on to its end", async () => {
    const gate = Promise.withResolvers<string>();
    const reports: RequestRecord[] = [];
    const target = vi.fn(() => gate.promise);
    const onRequest = (record: RequestRecord) => reports.push(record);
    const alone = createFetch({ routes: [{ routeKey: "GET /", target }], onRequest });
    const controller = new AbortController();
    const call = alone("http://a", { signal: controller.signal });
    await vi.waitFor(() => expect(target).toHaveBeenCalled());
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
    gate.resolve("done");
    await vi.waitFor(() => expect(reports).toMatchObject([{ status: 200 }]));
  });

  it("while its body is sent rejects with the reason", async () => {
    const controller = new AbortController();
    const body = new ReadableStream({ pull: () => controller.abort(reason) });
    const call = inProcess(url, { method: "POST", body, duplex: "half", signal: controller.signal });
    await expect(call).rejects.toBe(reason);
  });

  it("after its answer stays answered", async () => {
    const controller = new AbortController();
    const response = await inProcess(`${url}/text`, { signal: controller.signal });
    controller.abort();
    expect(await response.text()).toBe("grüß dich");
  });
});

it("settings that AWS would not accept are refused when it is made", () => {
  expect(() => createFetch({ routes: [route("GET /a"), route("GET /a")] })).toThrow("duplicates");
});
