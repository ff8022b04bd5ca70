/** Reading changes nothing, and neither does asking what may be asked (RFC 9110 section 9.2.1). */
import "../../../test/environment.ts";
import { type Route, routes } from "@gatehouse/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newPerson, type Person } from "../../functions/test/people.ts";
import { captureStdout } from "../../functions/test/stdout.ts";
import { readTable } from "../../functions/test/table.ts";
import { sendText } from "../src/gateway/test/send.ts";
import { type InlineHouse, startInlineHouse } from "./support/inline-house.ts";
import { bytesOf, goodRequest, statusesIn } from "./support/raw.ts";

captureStdout();

let house: InlineHouse;
let port: number;
let person: Person;
beforeAll(async () => {
  house = await startInlineHouse({ hasWorker: false });
  port = Number(new URL(house.url).port);
  person = await newPerson();
});
afterAll(() => house.stop());

/** One route of each path, and whether a GET is among those it has. */
const paths = [...Map.groupBy(Object.values<Route>(routes), ({ path }) => path)].map(
  ([path, [route, ...others]]) =>
    [path, route as Route, [route, ...others].some((each) => each?.method === "GET")] as const,
);

async function ask(route: Route, method: string): Promise<string> {
  return sendText(port, bytesOf({ ...goodRequest(route, person), method }));
}

/** The same by somebody without a token. */
async function askBare(route: Route, method: string, ...lines: string[]): Promise<string> {
  const { target } = goodRequest(route, person);
  const all = ["Host: 127.0.0.1", "Connection: close", ...lines];
  return sendText(port, bytesOf({ method, target, lines: all, body: "" }));
}

describe.each(paths)("%s", (_, route, isRead) => {
  it("asked ten times by GET is answered alike, and nothing changes", async () => {
    const before = await readTable();
    const statuses = new Set<number | undefined>();
    for (let time = 0; time < 10; time += 1) statuses.add(statusesIn(await ask(route, "GET"))[0]);
    expect([...statuses]).toEqual([isRead ? 200 : 404]);
    expect(await readTable()).toEqual(before);
  });

  it("tells nothing to HEAD, which is no route of its own, with a token or without", async () => {
    const before = await readTable();
    for (const text of [await ask(route, "HEAD"), await askBare(route, "HEAD")])
      expect(text).toMatch(/^HTTP\/1\.1 404 Not Found\r\n[\s\S]*\r\n\r\n$/);
    expect(await readTable()).toEqual(before);
  });

  it("tells OPTIONS which pages it lets in, asks for no token and changes nothing", async () => {
    const before = await readTable();
    const preflight = ["Origin: https://app.example.com", "Access-Control-Request-Method: POST"];
    expect(statusesIn(await askBare(route, "OPTIONS", ...preflight))).toEqual([204]);
    expect(statusesIn(await askBare(route, "OPTIONS"))).toEqual([404]);
    expect(statusesIn(await askBare(route, "TRACE"))).toEqual([404]);
    expect(await readTable()).toEqual(before);
  });
});
