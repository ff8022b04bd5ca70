/** A mail's way through the whole house: handler, queue, worker, SES, mailbox. */
import { expect, onTestFinished, test } from "vitest";
import { type GatehouseOptions, startGatehouse } from "../src/app.ts";
import type { Mail } from "../src/mailbox/index.ts";
import type { DeadLetter } from "../src/queue/index.ts";
import { send } from "./support/send.ts";
import { startCli } from "./support/start-cli.ts";
import { temporaryDirectory } from "./support/temporary-directory.ts";

const account = { email: "test@example.com", password: "correct horse battery" };

async function startHouse(options: Partial<GatehouseOptions> = {}) {
  const dataDirectory = await temporaryDirectory();
  const logs = { write: () => true };
  const house = await startGatehouse({ port: 0, host: "127.0.0.1", dataDirectory, logs, ...options });
  onTestFinished(() => house.stop());
  return house;
}

test("a mail that a registration causes is in the mailbox, told of once, and served beside the API", async () => {
  const told: Mail[] = [];
  const { url, jobs, mailbox } = await startHouse({ onMail: (mail) => told.push(mail) });
  await send(url, "POST /register", { body: account });
  await jobs.idle();
  expect(mailbox.list(account.email)).toEqual(told);
  const [mail] = told;
  expect(mail?.code).toMatch(/^\d{6}$/);
  expect(mail?.links[0]).toMatch(new RegExp(`^${url}/verify-email#token=.`));
  expect((await send(url, "GET /_local/mail.json")).body).toEqual({ mails: told });
});

test("the link of a mail leads to a page of this machine, and its token is what the API asks for", async () => {
  const { url, jobs, mailbox } = await startHouse();
  await send(url, "POST /register", { body: account });
  await jobs.idle();
  const link = new URL(mailbox.list()[0]?.links[0] ?? "");
  const page = await fetch(link, { headers: { Accept: "text/html" } });
  expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
  const token = new URLSearchParams(link.hash.slice(1)).get("token");
  const answer = await send(url, "POST /email/verify", { body: { token } });
  expect([answer.status, answer.body]).toEqual([200, { status: "VERIFIED" }]);
});

test("a job that fails every time is told of as a dead letter, and holds up no mail", async () => {
  const letters: DeadLetter[] = [];
  const { url, jobs, mailbox } = await startHouse({ onDeadLetter: (letter) => letters.push(letter) });
  const messageId = jobs.send("no job of ours");
  await send(url, "POST /register", { body: account });
  await expect
    .poll(
      () => {
        jobs.skipWaiting();
        return letters.length;
      },
      { timeout: 20_000 },
    )
    .toBe(1);
  await jobs.idle();
  expect(letters).toEqual([expect.objectContaining({ messageId, receiveCount: 5 })]);
  expect(jobs.deadLetters).toEqual(letters);
  expect(mailbox.list()).toHaveLength(1);
});

test("the terminal has a line for a mail, with its link and its code, and the welcome says where it lands", async () => {
  const cli = startCli(["--data", await temporaryDirectory()]);
  const url = (await cli.url) ?? "";
  expect(cli.output.stdout).toContain(`${url}/_local/mail`);
  await send(url, "POST /register", { body: account });
  await expect
    .poll(() => cli.output.stdout, { timeout: 20_000 })
    .toMatch(
      /^mail to test@example\.com: .+ {2}http:\/\/localhost:\d+\/verify-email#token=\S+ {2}code \d{6}$/m,
    );
});

test("the mailbox is not for other origins, though the API is", async () => {
  const { url } = await startHouse();
  const headers = { Origin: "http://localhost:5173" };
  const { headers: ofTheApi } = await send(url, "GET /health", { headers });
  expect(ofTheApi.get("access-control-allow-origin")).toBe("http://localhost:5173");
  const { headers: ofTheMailbox } = await send(url, "GET /_local/mail.json", { headers });
  expect(ofTheMailbox.has("access-control-allow-origin")).toBe(false);
  const preflight = await fetch(`${url}/_local/mail`, {
    method: "OPTIONS",
    headers: { ...headers, "Access-Control-Request-Method": "DELETE" },
  });
  expect(preflight.status).toBe(403);
});
