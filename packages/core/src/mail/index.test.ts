import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { clearOutbox, failNext, mails } from "../../../functions/test/outbox.ts";
import { captureStdout } from "../../../functions/test/stdout.ts";
import { forgetConfig } from "../config.ts";
import * as Mail from "./index.ts";
import { compose } from "./letter.ts";

const written = captureStdout();

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
  forgetConfig();
  clearOutbox();
});

const letter = { kind: "password_changed", link: "https://app.example.com/forgot-password" } as const;
const to = { email: "Anna.O'Neil+tag@example.com" };

/** As often as the SDK tries. */
const everyTry = 2;

function set(settings: Record<string, string | undefined>): void {
  for (const [key, value] of Object.entries(settings)) vi.stubEnv(key, value);
  forgetConfig();
}

/** The module as a fresh process would load it. */
async function freshMail(): Promise<typeof Mail> {
  vi.resetModules();
  return await import("./index.ts");
}

describe("a mail", () => {
  it("goes to its one address with the letter's subject, text and HTML", async () => {
    await Mail.send(to, letter);
    const { subject, text: body, html } = compose(letter, { appName: "Gatehouse" });
    expect(mails()).toEqual([
      { to: to.email, from: '"Gatehouse" <gatehouse@example.com>', subject, text: body, html },
    ]);
    expect(written.text()).toBe("");
  });

  it("is written in the person's language where there is one", async () => {
    await Mail.send({ ...to, locale: "de-AT" }, letter);
    const { subject } = compose(letter, { appName: "Gatehouse", locale: "de" });
    expect(mails()).toMatchObject([{ subject }]);
    expect(subject).not.toBe(compose(letter, { appName: "Gatehouse" }).subject);
  });

  it.each([
    ["Ada Notes", '"Ada Notes" <gatehouse@example.com>'],
    ["Ada, Ltd. <x@y.example>", '"Ada, Ltd. <x@y.example>" <gatehouse@example.com>'],
    ['Say "Hi" \\o/', '"Say \\"Hi\\" \\\\o/" <gatehouse@example.com>'],
    ["Ключ", "gatehouse@example.com"],
    ["Ada’s", "gatehouse@example.com"],
  ])("of the product %j is from %s", async (name, from) => {
    set({ APP_NAME: name });
    await Mail.send(to, letter);
    expect(mails()).toMatchObject([{ from }]);
  });

  it("without MAIL_FROM is not sent, and the key is named", async () => {
    set({ MAIL_FROM: undefined });
    await expect(Mail.send(to, letter)).rejects.toThrow(
      "MAIL_FROM: is not set; it should be an address that SES may send from",
    );
    expect(mails()).toEqual([]);
  });

  it.each(["error", "throttled", "hang"] as const)("is tried once more where SES has an %s", async (how) => {
    failNext(1, "mail", how);
    await Mail.send(to, letter);
    expect(mails()).toHaveLength(1);
  });

  it.each([
    ["error", "InternalFailure"],
    ["throttled", "TooManyRequestsException"],
    ["hang", "TimeoutError"],
  ] as const)("throws what SES throws after two tries: %s", async (how, name) => {
    failNext(everyTry, "mail", how);
    await expect(Mail.send(to, letter)).rejects.toThrow(`SES: ${name}: `);
    expect(mails()).toEqual([]);
    await Mail.send(to, letter);
    expect(mails()).toHaveLength(1);
  });

  it.each(["a..b@example.com", ".a@example.com", "a.@example.com"])(
    "to %s, which is no address, is given up, and the log learns the letter and not the address",
    async (email) => {
      await Mail.send({ email }, letter);
      expect(mails()).toEqual([]);
      const line = {
        level: "WARN",
        service: "gatehouse",
        message: "a mail was not sent",
        letter: "password_changed",
        reason: "the address is none",
      };
      expect(written.lines()).toEqual([{ timestamp: expect.any(String), ...line }]);
    },
  );

  it("that SES refuses is thrown on, so that it is tried again and parked, without the address SES names", async () => {
    const email = "nö@example.com";
    const thrown = await Mail.send({ email }, letter).catch((error: Error) => error);
    expect(thrown).toMatchObject({ message: expect.stringMatching(/^SES: BadRequestException: ./) });
    expect(String(thrown)).not.toContain("example.com");
  });

  it("to the log is written there, as text and with its link, and nothing is sent", async () => {
    set({ MAIL_TRANSPORT: "console", MAIL_FROM: undefined });
    await Mail.send(to, letter);
    const { subject, text: body } = compose(letter, { appName: "Gatehouse" });
    expect(written.lines()).toEqual([
      {
        level: "INFO",
        service: "gatehouse",
        timestamp: expect.any(String),
        message: "mail",
        to: to.email,
        subject,
        text: body,
      },
    ]);
    expect(body).toContain(letter.link);
    expect(mails()).toEqual([]);
  });

  it("without SES_ENDPOINT goes where the SDK finds SES", async () => {
    set({ AWS_ENDPOINT_URL_SESV2: process.env["SES_ENDPOINT"], SES_ENDPOINT: undefined });
    await (await freshMail()).send(to, letter);
    expect(mails()).toHaveLength(1);
  });
});

describe("over the wire", () => {
  const requests: { readonly path: string | undefined; readonly body: unknown }[] = [];
  const server = createServer(async (request, response) => {
    requests.push({ path: request.url, body: JSON.parse(await text(request)) });
    response.writeHead(200, { "content-type": "application/json" }).end('{"MessageId":"1"}');
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it("a mail names its configuration set where there is one", async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    set({ SES_ENDPOINT: `http://127.0.0.1:${port}`, MAIL_CONFIGURATION_SET: "prod-gatehouse-mails" });
    await (await freshMail()).send(to, letter);
    expect(requests.splice(0)).toMatchObject([{ body: { ConfigurationSetName: "prod-gatehouse-mails" } }]);
    await new Promise((resolve) => server.close(resolve).closeAllConnections());
  });

  it("a mail is text and HTML in UTF-8 and nothing else", async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    set({ SES_ENDPOINT: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, APP_NAME: "Ключ" });
    await (await freshMail()).send(to, letter);
    const { subject, text: body, html } = compose(letter, { appName: "Ключ" });
    const part = (Data: string) => ({ Data, Charset: "UTF-8" });
    expect(requests).toEqual([
      {
        path: "/v2/email/outbound-emails",
        body: {
          FromEmailAddress: "gatehouse@example.com",
          Destination: { ToAddresses: [to.email] },
          Content: { Simple: { Subject: part(subject), Body: { Text: part(body), Html: part(html) } } },
        },
      },
    ]);
  });
});
