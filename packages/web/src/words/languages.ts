/** The languages that mails are written in, each by its own name (packages/core/src/mail/letters). */
const languages: readonly (readonly [tag: string, name: string])[] = [
  ["", "Not chosen"],
  ["en", "English"],
  ["de", "Deutsch"],
];

/** What one can choose from: the languages, and what an account has now, which may be any tag. */
export function languagesWith(locale: string | null): readonly (readonly [tag: string, name: string])[] {
  if (locale === null || languages.some(([tag]) => tag === locale)) return languages;
  return [...languages, [locale, nameOf(locale)]];
}

/** The tag itself where it is well formed for the API and not for the browser. */
function nameOf(locale: string): string {
  try {
    return new Intl.DisplayNames("en", { type: "language" }).of(locale) ?? locale;
  } catch {
    return locale;
  }
}
