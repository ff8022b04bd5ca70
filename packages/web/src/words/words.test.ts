import { eventTypes } from "@gatehouse/contract";
import { describe, expect, test } from "vitest";
import { deviceOf } from "./device.ts";
import { inWords } from "./duration.ts";
import { isAlarming, wordsForEvent } from "./events.ts";
import { languagesWith } from "./languages.ts";
import { agoOf, dateOf } from "./time.ts";

/** Of the stage: no person is ever told of them. */
const ofTheStage = ["account_deleted", "key_rotated", "configuration_refused"];
const ofPeople = eventTypes.filter((type) => !ofTheStage.includes(type));

describe("an event", () => {
  test.each(ofPeople)("%s has words of its own", (type) => {
    expect(wordsForEvent({ type })).toMatch(/^[A-Z]/);
    expect(wordsForEvent({ type })).not.toContain("_");
  });

  test("that is newer than these pages is told by its name", () => {
    const type = "brand_new" as (typeof eventTypes)[number];
    expect(wordsForEvent({ type })).toBe("brand new");
  });

  test("that may be somebody else's doing stands out", () => {
    expect(ofPeople.filter((type) => isAlarming({ type }))).toEqual([
      "login_failed",
      "login_blocked",
      "password_check_failed",
      "refresh_token_reused",
      "disabled",
    ]);
  });
});

test.each([
  [1, "1 second"],
  [0, "1 second"],
  [59.2, "60 seconds"],
  [60, "1 minute"],
  [900, "15 minutes"],
  [3601, "2 hours"],
])("%d seconds are told as %s", (seconds, words) => {
  expect(inWords(seconds)).toBe(words);
});

const mozilla = "Mozilla/5.0 (";
const webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";
test.each([
  [`${mozilla}Windows NT 10.0; Win64; x64) ${webkit} Chrome/153.0.0.0 Safari/537.36`, "Chrome on Windows"],
  [`${mozilla}Windows NT 10.0) ${webkit} Chrome/153.0 Safari/537.36 Edg/153.0`, "Edge on Windows"],
  [`${mozilla}X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0`, "Firefox on Linux"],
  [`${mozilla}Linux; Android 16) ${webkit} Chrome/153.0 Mobile Safari/537.36`, "Chrome on Android"],
  [`${mozilla}iPhone; CPU iPhone OS 20_0 like Mac OS X) Version/20.0 Safari/604.1`, "Safari on iPhone"],
  [`${mozilla}Macintosh; Intel Mac OS X 10_15_7) Version/20.0 Safari/605.1.15`, "Safari on macOS"],
  ["curl/8.9.1", "curl"],
  ["node", "An unknown device"],
  [null, "An unknown device"],
])("%s is called %s", (userAgent, name) => {
  expect(deviceOf(userAgent)).toBe(name);
});

test("a time that is not long gone is told by how long ago it was", () => {
  const now = Date.parse("2026-11-28T12:00:00.000Z");
  expect(agoOf("2026-11-28T11:59:30.000Z", now)).toBe("just now");
  expect(agoOf("2026-11-28T11:30:00.000Z", now)).toBe("30 minutes ago");
  expect(agoOf("2026-11-28T09:00:00.000Z", now)).toBe("3 hours ago");
  expect(agoOf("2026-11-27T11:00:00.000Z", now)).toBe("yesterday");
  expect(agoOf("2026-10-01T12:00:00.000Z", now)).toBe(dateOf("2026-10-01T12:00:00.000Z"));
});

test("one can keep a language that no mail is written in", () => {
  const tags = (locale: string | null) => languagesWith(locale).map(([tag]) => tag);
  expect(tags(null)).toEqual(["", "en", "de"]);
  expect(tags("de")).toEqual(["", "en", "de"]);
  expect(languagesWith("pt-BR").at(-1)).toEqual(["pt-BR", "Brazilian Portuguese"]);
  expect(languagesWith("de-a").at(-1)?.[0]).toBe("de-a");
});
