/**
 * What must not compile. `tsc` checks this file with the rest: a line below that starts to compile is an
 * unused `@ts-expect-error`, which is an error. Nothing imports it and nothing runs it.
 */
import { en } from "./en.ts";
import type { Language } from "./wording.ts";

type Letters = Language["letters"];

const { account_deleted: farewell, ...others } = en.letters;

// @ts-expect-error a language that lacks a letter
export const incomplete: Letters = others;

// @ts-expect-error a letter without a subject
export const silent: Letters = { ...others, account_deleted: () => ({ body: [] }) };

// @ts-expect-error a letter that nobody sends
export const unknown: Letters = { ...en.letters, birthday: farewell };

// @ts-expect-error a letter that speaks of what it is not told
export const nosy: Letters = { ...others, account_deleted: ({ name }) => ({ subject: name, body: [] }) };
