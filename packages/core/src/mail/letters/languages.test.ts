import { expect, it } from "vitest";
import { languageFor, languages } from "./languages.ts";

it.each([
  ["en", "en"],
  ["de", "de"],
  ["DE", "de"],
  ["de-CH", "de"],
  ["De-cH-1996", "de"],
  ["pt-BR", "en"],
  ["den", "en"],
  ["en-DE", "en"],
  ["", "en"],
  ["-de", "en"],
  ["constructor", "en"],
  ["__proto__", "en"],
  ["toString-de", "en"],
  ["de\n", "en"],
  [undefined, "en"],
])("the locale %j is answered in %s", (locale, tag) => {
  expect(languageFor(locale).tag).toBe(tag);
});

it("a tag of its own comes before the primary language", () => {
  const among = ["pt", "pt-BR", "en"].map((tag) => ({ ...languageFor("en"), tag }));
  expect(languageFor("PT-br", among).tag).toBe("pt-BR");
  expect(languageFor("pt-PT", among).tag).toBe("pt");
  expect(languageFor("pt-BR-abl1943", among).tag).toBe("pt");
});

it("the tag of a language finds it", () => {
  for (const language of languages) expect(languageFor(language.tag)).toBe(language);
});

it("no two languages have one tag", () => {
  expect(new Set(languages.map(({ tag }) => tag.toLowerCase())).size).toBe(languages.length);
});
