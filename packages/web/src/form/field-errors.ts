import { type Failed, wordsFor } from "../words/errors.ts";

/** What is wrong with a form: field by field, and in `summary` what is of no field. */
export interface FormErrors {
  readonly fields: Readonly<Record<string, string>>;
  readonly summary?: string;
}

/** An error of the API or the client. */
export interface FailedForm extends Failed {
  fieldMessage(name: string): string | undefined;
}

/** Codes that are about a field, though the answer names none. The first field that the form has is meant. */
const fieldsOf: Readonly<Record<string, readonly string[]>> = {
  wrong_password: ["currentPassword", "password"],
  email_taken: ["email"],
  invalid_code: ["code"],
};

const nouns: Readonly<Record<string, string>> = {
  currentPassword: "password",
  newPassword: "password",
  locale: "language",
};

/** What a field should be, where the words of the API are for developers. */
const shapes: Readonly<Record<string, string>> = {
  email: "an email address, like ada@example.com",
  name: "at most 100 characters on one line",
  picture: "an address that begins with https://, without spaces and quotes",
  code: "six digits, as they stand in the mail",
};

/** The messages of the API are the second half of a sentence: `is one of the most used passwords`, `should be …`. */
function sentence(name: string, message: string): string {
  if (message.startsWith("should be") && Object.hasOwn(shapes, name)) return misshapen(name);
  return `This ${nouns[name] ?? name} ${message}${/[.!?]$/.test(message) ? "" : "."}`;
}

/** Maps an error to the fields of a form by their names, which are those of the request. */
export function errorsOf(error: FailedForm, names: readonly string[]): FormErrors {
  const fields: Record<string, string> = {};
  for (const name of names) {
    const message = error.fieldMessage(name);
    if (message !== undefined) fields[name] = sentence(name, message);
  }
  const meant = (fieldsOf[error.code] ?? []).find((name) => names.includes(name));
  if (meant !== undefined) fields[meant] ??= wordsFor(error);
  return Object.keys(fields).length > 0 ? { fields } : { fields, summary: wordsFor(error) };
}

/** What can be told before anything is sent. */
export function missing(label: string): string {
  return `${label} is needed.`;
}

export function misshapen(name: string): string {
  return `This ${nouns[name] ?? name} should be ${shapes[name] ?? "another"}.`;
}
