import { expect, onTestFinished, test } from "vitest";
import { below, startGateway } from "./index.ts";

async function start() {
  const gateway = await startGateway({
    routes: [{ routeKey: "$default", target: async () => "the API" }],
    cors: { allowOrigins: ["*"] },
    beside: [
      {
        takes: below("/_beside", "/_other"),
        listener: (message, response) => response.end(`beside: ${message.url}`),
      },
      { takes: ({ method }) => method === "PUT", listener: (_, response) => response.end("puts") },
      { takes: below("/_beside/c"), listener: (_, response) => response.end("never") },
    ],
  });
  onTestFinished(() => gateway.stop());
  return (path: string, method = "GET") =>
    fetch(gateway.url + path, { method, headers: { Origin: "http://a" } });
}

test("what stands beside the API gets its prefixes and what is below, and nothing else", async () => {
  const ask = await start();
  const text = async (path: string) => (await ask(path)).text();
  expect(await text("/_beside")).toBe("beside: /_beside");
  expect(await text("/_beside?a=b")).toBe("beside: /_beside?a=b");
  expect(await text("/_beside/c")).toBe("beside: /_beside/c");
  expect(await text("/_other/c")).toBe("beside: /_other/c");
  for (const path of ["/", "/_besides", "/c/_beside", "/_Beside"]) expect(await text(path)).toBe("the API");
  const response = await ask("/_beside");
  expect(response.headers.get("access-control-allow-origin")).toBeNull();
  await response.text();
});

test("of several the first that takes a request gets it, by whatever it looks at", async () => {
  const ask = await start();
  expect(await (await ask("/anything", "PUT")).text()).toBe("puts");
  expect(await (await ask("/_beside/c", "PUT")).text()).toBe("beside: /_beside/c");
});
