import { describe, expect, it } from "vitest";
import { compose, type Letter } from "./letter.ts";
import { languages } from "./letters/languages.ts";

const link = "https://app.example.com/page#token=aZ09-_x";
const times = { linkSeconds: 86_400, codeSeconds: 900 };
const newEmail = "anna.new@example.com";

/** One of each kind; a kind that is not here does not compile. */
const letters: { readonly [K in Letter["kind"]]: Extract<Letter, { kind: K }> } = {
  verify_email: { kind: "verify_email", link, code: "012345", ...times },
  account_exists: { kind: "account_exists", link },
  reset_password: { kind: "reset_password", link, linkSeconds: 3600 },
  unfinished_account: { kind: "unfinished_account", link, linkSeconds: 3600 },
  confirm_email: { kind: "confirm_email", link, code: "987654", ...times },
  email_change_requested: { kind: "email_change_requested", newEmail, link, linkSeconds: 604_800 },
  email_changed: { kind: "email_changed", newEmail },
  password_changed: { kind: "password_changed", link },
  account_deleted: { kind: "account_deleted" },
};

const everyLetter = languages.flatMap(({ tag }) =>
  Object.values(letters).map((letter) => ({ tag, kind: letter.kind, letter })),
);

const linesOf = (text: string) => text.split("\n");

const unescaped = (html: string) =>
  html.replace(/&(?:#(\d+)|amp);/g, (_, number = 38) => String.fromCharCode(number));

const hrefsIn = (html: string) =>
  [...html.matchAll(/ href="([^"]*)" style="/g)].map((match) => unescaped(`${match[1]}`));

/** What a person sees of the HTML. */
const shownIn = (html: string) =>
  html
    .replace(/<head>.*<\/head>/s, "")
    .replace(/<[^>]*>/g, "\n")
    .split(/\n+/)
    .filter(Boolean)
    .map(unescaped);

describe.each(everyLetter)("$kind in $tag", ({ tag, letter }) => {
  const mail = compose(letter, { appName: "Acme", locale: tag });

  it("says which language it is in", () => {
    expect(mail.language).toBe(tag);
    expect(mail.html).toMatch(new RegExp(`^<!doctype html>\n<html lang="${tag}">`));
    expect(mail.html).toContain(`<body style="margin:0">\n<div lang="${tag}"`);
  });

  it("has the link alone on one line of the text, where it has one", () => {
    const lines = linesOf(mail.text).filter((line) => line.includes("http"));
    expect(lines).toEqual("link" in letter ? [link] : []);
  });

  it("has the code alone on one line of the text, where it has one, and never in the subject", () => {
    const lines = linesOf(mail.text).filter((line) => /\d{6}/.test(line));
    expect(lines).toEqual("code" in letter ? [letter.code] : []);
    expect(mail.subject).not.toMatch(/\d/);
  });

  it("has one thing to press, and its address below", () => {
    const hrefs = hrefsIn(mail.html);
    expect(hrefs).toEqual("link" in letter ? [link] : []);
    expect(shownIn(mail.html).filter((line) => line === link)).toHaveLength(hrefs.length);
  });

  it("says the same in text and in HTML", () => {
    const shown = shownIn(mail.html);
    const said = linesOf(mail.text).filter(Boolean);
    expect(shown[0]).toBe(mail.subject);
    expect(shown.filter((line) => said.includes(line))).toEqual(said);
    expect(shown.length - said.length).toBe("link" in letter ? 2 : 1);
  });

  it("fetches nothing and runs nothing", () => {
    expect(mail.html).not.toMatch(
      /<(?:script|img|link|style|iframe|form|base)|\bsrc|url\(|@import|\bon\w+=/i,
    );
    expect(mail.html.replaceAll(link, "")).not.toMatch(/\/\//);
  });

  it("names the app, in the subject too", () => {
    expect(mail.subject).toContain("Acme");
    expect(mail.text).toContain("Acme");
  });

  it("is made safe from a hostile name of the app and a hostile new address", () => {
    const hostile = "\"'><script>alert(1)</script>&amp;\r\nBcc: b@example.com\u2028";
    const told = "newEmail" in letter ? { ...letter, newEmail: hostile } : letter;
    const { subject, text, html } = compose(told, { appName: hostile, locale: tag });
    expect(subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
    expect(linesOf(text)).toHaveLength(linesOf(mail.text).length);
    expect(html.match(/<\/?[a-z0-9]+/g)).toEqual(mail.html.match(/<\/?[a-z0-9]+/g));
    expect(shownIn(html)[0]).toBe(subject);
  });

  it("is made safe from a hostile link and code", () => {
    const hostile = "https://app.example.com/?a=1&amp;b=\"><img src=x onerror='x'>";
    const told = {
      ...letter,
      ...("link" in letter && { link: hostile }),
      ...("code" in letter && { code: hostile }),
    };
    const { html } = compose(told, { appName: "Acme", locale: tag });
    expect(html.match(/<\/?[a-z0-9]+/g)).toEqual(mail.html.match(/<\/?[a-z0-9]+/g));
    expect(hrefsIn(html)).toEqual("link" in letter ? [hostile] : []);
  });

  it("has no hole in its words", () => {
    expect(mail.text + mail.subject).not.toMatch(/undefined|null|NaN|\[object/);
  });
});

it("a letter without a locale, or with one that no language is there for, is in English", () => {
  const inEnglish = compose(letters.account_deleted, { appName: "Acme", locale: "en" });
  expect(compose(letters.account_deleted, { appName: "Acme" })).toEqual(inEnglish);
  expect(compose(letters.account_deleted, { appName: "Acme", locale: undefined })).toEqual(inEnglish);
  expect(compose(letters.account_deleted, { appName: "Acme", locale: "constructor" })).toEqual(inEnglish);
});

it("no letter reads the same in two languages", () => {
  for (const letter of Object.values(letters)) {
    const texts = languages.map(({ tag }) => compose(letter, { appName: "Acme", locale: tag }).text);
    expect(new Set(texts).size).toBe(languages.length);
  }
});

describe.each([
  { locale: "en", day: "24 hours", quarter: "15 minutes", hour: "1 hour", week: "7 days" },
  { locale: "de", day: "24 Stunden", quarter: "15 Minuten", hour: "1 Stunde", week: "7 Tage" },
])("what is good for a time says so in $locale", ({ locale, day, quarter, hour, week }) => {
  it.each([
    ["verify_email", [day, quarter]],
    ["confirm_email", [day, quarter]],
    ["reset_password", [hour]],
    ["email_change_requested", [week]],
  ] as const)("%s", (kind, durations) => {
    const { text } = compose(letters[kind], { appName: "Acme", locale });
    for (const words of durations) expect(text).toContain(words);
  });
});

it.each(["en", "de"])("the old address learns the new one, in %s", (locale) => {
  for (const kind of ["email_change_requested", "email_changed"] as const) {
    const { text, html } = compose(letters[kind], { appName: "Acme", locale });
    expect(text).toContain(newEmail);
    expect(html).toContain(newEmail);
  }
});
