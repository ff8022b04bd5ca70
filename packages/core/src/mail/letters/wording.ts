import type { Letter } from "../letter.ts";

/** A letter of one kind. */
export type LetterOf<K extends Letter["kind"]> = Extract<Letter, { kind: K }>;

/** The one thing a mail asks a person to press. */
export interface Button {
  readonly label: string;
  readonly link: string;
}

/** Six digits to be typed somewhere else. */
export interface Code {
  readonly code: string;
}

/** One piece of a mail; a string is a paragraph. */
export type Block = string | Button | Code;

/** A letter in the words of one language, before it is text or HTML. Nothing in it is escaped. */
export interface Wording {
  readonly subject: string;
  readonly body: readonly Block[];
}

/** Every letter in one language. One that lacks a letter does not compile. */
export interface Language {
  /** A language tag (RFC 5646). */
  readonly tag: string;
  readonly letters: {
    readonly [K in Letter["kind"]]: (letter: LetterOf<K>, appName: string) => Wording;
  };
}
