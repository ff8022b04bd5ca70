import { expect, test } from "vitest";
import { createMailbox, type Mail } from "./index.ts";

const mail = { to: "ada@example.com", from: "gatehouse@example.com", subject: "Hello", text: "", html: "" };

test("mails are listed newest first, and those of one address in whatever case", () => {
  const mailbox = createMailbox();
  const first = mailbox.add(mail);
  const second = mailbox.add({ ...mail, to: "Grace@example.com" });
  expect(mailbox.list()).toEqual([second, first]);
  expect(mailbox.list("grace@EXAMPLE.com")).toEqual([second]);
  expect(mailbox.find(first.id)).toBe(first);
  expect(mailbox.find("none")).toBeUndefined();
});

test("only the newest are kept", () => {
  const mailbox = createMailbox({ capacity: 2 });
  const [first, ...newest] = ["1", "2", "3"].map((subject) => mailbox.add({ ...mail, subject }));
  expect(mailbox.list()).toEqual(newest.reverse());
  expect(mailbox.find(first?.id ?? "")).toBeUndefined();
});

test("whoever listens is told of each mail", () => {
  const heard: Mail[] = [];
  const mailbox = createMailbox({ onMail: (each) => heard.push(each) });
  const added = mailbox.add(mail);
  expect(heard).toEqual([added]);
});

test("its revision changes with every mail and when it is emptied", () => {
  const mailbox = createMailbox();
  const revisions = [mailbox.revision];
  mailbox.add(mail);
  revisions.push(mailbox.revision);
  mailbox.clear();
  revisions.push(mailbox.revision, createMailbox().revision);
  expect(new Set(revisions).size).toBe(4);
  expect(mailbox.list()).toEqual([]);
});

test("a mail's links and its code are found in its text", () => {
  const text = [
    "Open http://localhost:3000/verify-email#token=a-b_c.d, or see (https://example.com/help).",
    "Once more: https://example.com/help",
    "javascript:alert(1) http:// ftp://example.com",
    "Or type 999999 here:",
    "  123456\r",
    "654321",
  ].join("\n");
  expect(createMailbox().add({ ...mail, text })).toMatchObject({
    links: ["http://localhost:3000/verify-email#token=a-b_c.d", "https://example.com/help"],
    code: "123456",
  });
  expect(createMailbox().add({ ...mail, text: "1234567\n12345\n123 456" })).toMatchObject({
    links: [],
    code: null,
  });
});
