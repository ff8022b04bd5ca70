import { htmlOf } from "./letters/html.ts";
import { languageFor } from "./letters/languages.ts";
import { oneLine, shownAddress } from "./letters/one-line.ts";
import { textOf } from "./letters/text.ts";
import type { Language, LetterOf, Wording } from "./letters/wording.ts";

/** The two ways to answer a mail, and how long each is good. */
interface LinkAndCode {
  readonly link: string;
  readonly code: string;
  readonly linkSeconds: number;
  readonly codeSeconds: number;
}

/** What a mail says, without the words. A link is made by us, from configuration; a code is six digits. */
export type Letter =
  | ({ readonly kind: "verify_email" } & LinkAndCode)
  /** Somebody registers with, or moves an account to, an address that has one. The link leads to a reset. */
  | { readonly kind: "account_exists"; readonly link: string }
  | { readonly kind: "reset_password"; readonly link: string; readonly linkSeconds: number }
  /** Somebody registers again with an address that was never verified. The link leads to a reset, which settles whose it is. */
  | { readonly kind: "unfinished_account"; readonly link: string; readonly linkSeconds: number }
  /** To the new address of a change of email. Only the logged-in person can confirm. */
  | ({ readonly kind: "confirm_email" } & LinkAndCode)
  /** To the old address; the link undoes. */
  | {
      readonly kind: "email_change_requested";
      readonly newEmail: string;
      readonly link: string;
      readonly linkSeconds: number;
    }
  /** To the old address, afterwards. */
  | { readonly kind: "email_changed"; readonly newEmail: string }
  /** The link leads to a reset, for an owner who did not do it. */
  | { readonly kind: "password_changed"; readonly link: string }
  /** To the address that was. */
  | { readonly kind: "account_deleted" };

/** A mail in words. The subject is one line; `language` is the tag of the language it is written in. */
export interface Composed {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly language: string;
}

/**
 * Puts a letter into words. `locale` is a language tag (RFC 5646); where no language is there for it, English.
 * Never throws, whatever the name of the app or the new address is. No other word of a person gets into a mail:
 * with a name in it, the registration would send anybody's text to anybody's address.
 */
export function compose(
  letter: Letter,
  about: { readonly appName: string; readonly locale?: string | undefined },
): Composed {
  const language = languageFor(about.locale);
  const wording = wordingOf(language, safeToShow(letter), oneLine(about.appName));
  return {
    subject: wording.subject,
    text: textOf(wording),
    html: htmlOf(wording, language.tag),
    language: language.tag,
  };
}

function wordingOf<K extends Letter["kind"]>(
  language: Language,
  letter: LetterOf<K>,
  appName: string,
): Wording {
  return language.letters[letter.kind](letter, appName);
}

function safeToShow(letter: Letter): Letter {
  return "newEmail" in letter ? { ...letter, newEmail: shownAddress(letter.newEmail) } : letter;
}
