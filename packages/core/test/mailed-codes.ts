import * as Code from "../src/code/index.ts";
import { newId } from "../src/id.ts";
import { readProfile } from "../src/user/find.ts";

/** A one-time code as it is mailed. */
export interface MailedCode {
  readonly token: string;
  readonly digits: string;
  /** The token that calls it off. */
  readonly undo: string;
}

/** Has a code made for a person, about an address of theirs or a new one, and answers what the mails would say. */
export async function mailedCode(
  purpose: Code.Purpose,
  { id: userId, email }: { readonly id: string; readonly email: string },
): Promise<MailedCode> {
  const person = await readProfile(userId);
  const code = person && (await Code.mint(purpose, person, { email, jobId: newId() }));
  if (!code) throw new Error("nobody is there to mail a code to, or they were mailed too many");
  return {
    token: await Code.linkToken(code),
    digits: await Code.typedCode(code),
    undo: await Code.linkToken(code, "undo"),
  };
}

/** Six digits that are not these. */
export function otherDigits(digits: string): string {
  return String((Number(digits) + 1) % 1_000_000).padStart(6, "0");
}
