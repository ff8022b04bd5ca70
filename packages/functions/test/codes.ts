import * as Code from "../../core/src/code/index.ts";
import { newId } from "../../core/src/id.ts";
import { readProfile } from "../../core/src/user/find.ts";
import { rememberSecrets } from "./leaks.ts";
import type { Person } from "./people.ts";

/** What stands in the mails about one code. */
export interface MailedCode {
  /** Of the link that spends it. */
  readonly token: string;
  /** Of the link that calls it off. */
  readonly undo: string;
  readonly digits: string;
}

/** A code as the worker makes it, without a mail. `email` is what it is about: the person's own, or a new one. */
export async function newCode(
  purpose: Code.Purpose,
  { user }: Pick<Person, "user">,
  email = user.email,
): Promise<MailedCode> {
  const profile = await readProfile(user.id);
  const code = profile && (await Code.mint(purpose, profile, { email, jobId: newId() }));
  if (!code) throw new Error("no code was made");
  const [token, undo] = [await Code.linkToken(code), await Code.linkToken(code, "undo")];
  const digits = await Code.typedCode(code);
  rememberSecrets(token, undo, digits);
  return { token, undo, digits };
}

/** Six digits that are not these. */
export function wrong(digits: string): string {
  return String((Number(digits) + 1) % 1_000_000).padStart(6, "0");
}
