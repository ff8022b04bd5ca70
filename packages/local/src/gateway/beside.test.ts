import { expect, onTestFinished, test } from "vitest";
import { startGateway } from "./index.ts";

test("what stands beside the API gets its prefixes and what is below, and nothing else", async () => {
  const gateway = await startGateway({
    routes: [{ routeKey: "$default", target: async () => "the API" }],
    cors: { allowOrigins: ["*"] },
    beside: {
      prefixes: ["/_beside", "/_other"],
      listener: (message, response) => response.end(`beside: ${message.url}`),
    },
  });
  onTestFinished(() => gateway.stop());
  const ask = async (path: string) =>
    (await fetch(gateway.url + path, { headers: { Origin: "http://a" } })).text();
  expect(await ask("/_beside")).toBe("beside: /_beside");
  expect(await ask("/_beside?a=b")).toBe("beside: /_beside?a=b");
  expect(await ask("/_beside/c")).toBe("beside: /_beside/c");
  expect(await ask("/_other/c")).toBe("beside: /_other/c");
  for (const path of ["/", "/_besides", "/c/_beside", "/_Beside"]) expect(await ask(path)).toBe("the API");
  const response = await fetch(`${gateway.url}/_beside`, { headers: { Origin: "http://a" } });
  expect(response.headers.get("access-control-allow-origin")).toBeNull();
  await response.text();
});
