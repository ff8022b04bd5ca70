/** The whole API behind a `fetch` that opens no socket. */
import "../../../test/environment.ts";
import { type Route, routes } from "@gatehouse/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newEmail, newPerson, password } from "../../functions/test/people.ts";
import { captureStdout } from "../../functions/test/stdout.ts";
import { wholeRequest } from "../../functions/test/whole-request.ts";
import { type InProcess, startInProcess } from "./support/in-process.ts";

captureStdout();

let house: InProcess;
const listening = () => process.getActiveResourcesInfo().filter((kind) => kind === "TCPServerWrap").length;
let listeningBefore: number;
beforeAll(async () => {
  listeningBefore = listening();
  house = await startInProcess();
});
afterAll(() => house.stop());

describe.each(Object.values<Route>(routes))("$method $path", (route) => {
  it("is served, by the handler itself", async () => {
    const person = await newPerson();
    const { body, params = {} } = await wholeRequest(route, person);
    const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? "");
    const { status, headers } = await house.fetch(house.url + path, {
      method: route.method,
      headers: { Authorization: `Bearer ${person.token}`, "Content-Type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    expect(status).toBe(route.answer.status);
    expect(headers.get("apigw-requestid")).toMatch(/^[\w-]{15}=$/);
    expect(listening()).toBe(listeningBefore);
  });
});

it("asks the authorizer once for a token that it keeps the answer of", async () => {
  const { token } = await newPerson();
  const before = house.authorizations;
  for (const path of ["/me", "/me/sessions", "/me"]) {
    const { status } = await house.fetch(house.url + path, { headers: { Authorization: token } });
    expect(status).toBe(200);
  }
  expect(house.authorizations - before).toBe(1);
});

it("mails what a registration has the worker mail", async () => {
  const email = newEmail();
  await house.fetch(`${house.url}/register`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ email, password }),
  });
  expect(await house.mails(email)).toMatchObject([{ to: email, code: expect.stringMatching(/^\d{6}$/) }]);
});
