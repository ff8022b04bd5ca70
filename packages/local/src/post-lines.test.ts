import { expect, test } from "vitest";
import { createMailbox } from "./mailbox/index.ts";
import { describeDeadLetter, describeMail } from "./post-lines.ts";

const sent = {
  to: "test@example.com",
  from: "g@example.com",
  subject: "Verify your email",
  text: "",
  html: "",
};

test("a mail is one line with its link and its code", () => {
  const text = "Open\nhttp://localhost:3000/verify-email#token=abc\nor type\n123456\n";
  expect(describeMail(createMailbox().add({ ...sent, text }))).toBe(
    "mail to test@example.com: Verify your email  http://localhost:3000/verify-email#token=abc  code 123456",
  );
});

test("a mail with neither is one line too", () => {
  const line = describeMail(createMailbox().add({ ...sent, subject: "Your account is deleted" }));
  expect(line).toBe("mail to test@example.com: Your account is deleted");
});

test("nothing in a mail or in a failure commands the terminal", () => {
  const hostile = "\u001b[2J\u009b31m\r\n\u202emoc.live";
  const lines = [
    describeMail(createMailbox().add({ ...sent, subject: hostile })),
    describeDeadLetter({ messageId: "1", body: "", receiveCount: 5, reason: hostile }),
  ];
  for (const line of lines) expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

test("a job that was given up is one line without the job", () => {
  const letter = {
    messageId: "0a1b",
    body: "ada@example.com",
    receiveCount: 5,
    reason: "SES does not answer",
  };
  expect(describeDeadLetter(letter)).toBe(
    "job 0a1b was given up after 5 tries: SES does not answer (more: npm start -- --verbose)",
  );
});
