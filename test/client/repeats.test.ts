/** What is sent twice is done once: by the caller's key, or by the client's own where an answer is lost. */
import "../../packages/core/test/cheap-hashes.ts";
import "../environment.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newEmail, password } from "../../packages/functions/test/people.ts";
import { captureStdout } from "../../packages/functions/test/stdout.ts";
import { readPeople } from "../../packages/functions/test/table.ts";
import { type InProcess, startInProcess } from "../../packages/local/test/support/in-process.ts";
import { newDevice } from "./device.ts";

captureStdout();

let house: InProcess;
beforeAll(async () => {
  house = await startInProcess({ authorizerCacheSeconds: 0 });
});
afterAll(() => house.stop());

/** A network that loses the first answers, after the API has done what was asked. */
function losing(answers: number) {
  let calls = 0;
  const fetch: InProcess["fetch"] = async (input, init) => {
    const response = await house.fetch(input, init);
    calls += 1;
    if (calls <= answers) throw new TypeError("the connection was reset");
    return response;
  };
  return { fetch, calls: () => calls };
}

const registration = () => ({ email: newEmail(), password });

describe("a registration", () => {
  it("repeated with its key, after a reload, is answered as the first time", async () => {
    const [body, idempotencyKey, device] = [registration(), crypto.randomUUID(), newDevice(house, "cookie")];
    const first = await device.open().orThrow.register(body, { idempotencyKey });
    // With the code that is mailed.
    expect(await house.mails(body.email)).toHaveLength(1);
    const before = await readPeople();
    expect(await device.open().orThrow.register(body, { idempotencyKey })).toEqual(first);
    expect(await house.mails(body.email)).toHaveLength(1);
    expect(await readPeople()).toEqual(before);
  });

  it("whose answer is lost is sent again by the client, and makes one account", async () => {
    const [body, network] = [registration(), losing(2)];
    const auth = newDevice(house, "bearer").open({ fetch: network.fetch });
    expect(await auth.orThrow.register(body)).toMatchObject({ email: body.email });
    expect(network.calls()).toBe(3);
    expect(await house.mails(body.email)).toHaveLength(1);
  });

  it("that is asked for twice is two", async () => {
    const [body, auth] = [registration(), newDevice(house, "bearer").open()];
    await auth.orThrow.register(body);
    expect((await auth.register(body)).error?.code).toBe("email_taken");
  });
});

it("a log-in whose answer is lost is not sent again: the second would be another session", async () => {
  const [body, network] = [registration(), losing(1)];
  await newDevice(house, "bearer").open().orThrow.register(body);
  const { error } = await newDevice(house, "bearer").open({ fetch: network.fetch }).login(body);
  expect([error?.code, network.calls()]).toEqual(["network_error", 1]);
});

it.each(["cookie", "bearer"] as const)(
  "a refresh by %s whose answer is lost is sent again, and nobody is logged out",
  async (transport) => {
    const [body, device] = [registration(), newDevice(house, transport)];
    const auth = device.open();
    await auth.orThrow.register(body);
    await auth.orThrow.login(body);
    const network = losing(2);
    const again = device.open({ fetch: network.fetch });
    expect(await again.restore()).toEqual(auth.session);
    expect(network.calls()).toBe(3);
    expect((await again.refresh()).error).toBeUndefined();
  },
);

it("ten calls of a page that was just loaded ask for one access token", async () => {
  const [body, device] = [registration(), newDevice(house, "cookie")];
  const first = device.open();
  await first.orThrow.register(body);
  await first.orThrow.login(body);
  const network = losing(0);
  const again = device.open({ fetch: network.fetch });
  const people = await Promise.all(Array.from({ length: 10 }, () => again.orThrow.me()));
  expect(new Set(people.map(({ email }) => email))).toEqual(new Set([body.email]));
  expect(network.calls()).toBe(11);
});
