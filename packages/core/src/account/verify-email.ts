import * as Code from "../code/index.ts";
import { AuthError } from "../error.ts";
import { readLogin } from "../user/person.ts";
import { spendCode } from "./spend-code.ts";

/** What shows that somebody reads an address: the token of a link, or the digits typed for an email. */
export type Proof = { readonly token: string } | { readonly email: string; readonly code: string };

/**
 * Marks an email as its person's own. Typed digits of an unknown email cost the same requests as wrong ones.
 *
 * @throws AuthError `invalid_code`, `unavailable`.
 */
export async function verifyEmail(proof: Proof): Promise<void> {
  const spent = await spendCode(await find(proof), { endsSessions: false });
  if (!spent) throw new AuthError("invalid_code", { cause: "spent, or its account has changed" });
}

async function find(proof: Proof): Promise<Code.CodeItem> {
  if ("token" in proof) return Code.readLink("verify_email", proof.token);
  const login = await readLogin(proof.email);
  return Code.readTyped("verify_email", login?.userId, proof.code);
}
