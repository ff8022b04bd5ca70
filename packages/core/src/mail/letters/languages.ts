import { de } from "./de.ts";
import { en } from "./en.ts";
import type { Language } from "./wording.ts";

/** Every language there is. A new one is a file beside these and its name here. */
export const languages: readonly Language[] = [en, de];

/**
 * The language for a tag (RFC 5646) in any case: the tag's own, else that of its primary language, else
 * English. Tags are compared and never looked up in an object: `constructor` is no language.
 */
export function languageFor(locale = "", among = languages): Language {
  const wanted = locale.toLowerCase();
  return withTag(wanted, among) ?? withTag(wanted.replace(/-.*/s, ""), among) ?? en;
}

function withTag(wanted: string, among: readonly Language[]): Language | undefined {
  return among.find(({ tag }) => tag.toLowerCase() === wanted);
}
