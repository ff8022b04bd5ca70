import { expect, test } from "vitest";
import { createMailbox } from "./mailbox/index.ts";
import { startPostOffice } from "./post-office.ts";
import { mailEventOf } from "./simulator.ts";

const mail = (to: string) =>
  createMailbox().add({ to, from: "gatehouse@example.com", subject: "Hello", text: "Hello", html: "" });

test.each([
  ["bounce@simulator.amazonses.com", "Email Bounced", "Bounce"],
  ["Bounce+ada@simulator.amazonses.com", "Email Bounced", "Bounce"],
  ["complaint+ada@simulator.amazonses.com", "Email Complaint Received", "Complaint"],
])("a mail to %s comes to the event %s, of its one recipient", (to, type, eventType) => {
  expect(mailEventOf(mail(to))).toMatchObject({
    source: "aws.ses",
    "detail-type": type,
    detail: { eventType, mail: { destination: [to] } },
  });
});

test.each([
  "success@simulator.amazonses.com",
  "ada@example.com",
  "bounce@example.com",
  "rebounce@simulator.amazonses.com",
  "bounce@simulator.amazonses.com.example.com",
])("one to %s arrives", (to) => {
  expect(mailEventOf(mail(to))).toBeUndefined();
});

test("the post office puts what becomes of a mail on the queue", async () => {
  const bodies: unknown[] = [];
  const office = await startPostOffice({
    work: async ({ Records }) => {
      bodies.push(...Records.map(({ body }) => JSON.parse(body)));
      return { batchItemFailures: [] };
    },
  });
  const send = (to: string) =>
    fetch(`${office.endpoint}/v2/email/outbound-emails`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        FromEmailAddress: "gatehouse@example.com",
        Destination: { ToAddresses: [to] },
        Content: { Simple: { Subject: { Data: "Hello" }, Body: { Text: { Data: "Hello" } } } },
      }),
    });
  for (const to of ["ada@example.com", "bounce@simulator.amazonses.com"])
    expect((await send(to)).status).toBe(200);
  await office.queue.idle();
  expect(bodies).toMatchObject([{ detail: { mail: { destination: ["bounce@simulator.amazonses.com"] } } }]);
  expect(office.mailbox.list()).toHaveLength(2);
  await office.stop();
});
