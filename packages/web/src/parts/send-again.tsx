import { ask, auth } from "../auth.ts";
import { Form } from "../form/form.tsx";

/** Asks for the mail that verifies an email once more. What is told is the same whether anybody has it or not. */
export function SendAgain({ email }: { readonly email: string }) {
  async function send() {
    if (email === "") return { missing: "Enter your email first." };
    const { error } = await ask(auth.requestEmailVerification({ email }));
    return { error, done: "Sent. Look into your mails." };
  }
  return <Form action={send} button="Send again" kind="plain" label="Send the mail again" />;
}
