import { useState } from "preact/hooks";
import { useAccount } from "../account.ts";
import { ask, auth } from "../auth.ts";
import { CodeField, digitsOf, EmailField, PasswordField } from "../form/fields.tsx";
import { Form } from "../form/form.tsx";
import { Finished } from "../parts/finished.tsx";
import { Page } from "../parts/page.tsx";
import { paths } from "../paths.ts";
import { go } from "../place.ts";

export function ChangeEmail() {
  const { user, setUser } = useAccount();
  const [pending, setPending] = useState<string>();

  async function request({ email = "", password = "" }: Record<string, string>) {
    const { error } = await ask(auth.changeEmail({ email, password }));
    if (!error) setPending(email);
    return { error };
  }

  async function confirm({ code }: Record<string, string>) {
    const { data, error } = await ask(auth.confirmEmail({ code: digitsOf(code) }));
    if (data) {
      setUser(data);
      go(paths.profile, { notice: `Your email is ${data.email} now.` });
    }
    return { error };
  }

  return (
    <Page
      title="Change email"
      lead={<>Your email is {user.email}. It stays until the new one is confirmed.</>}
    >
      {pending ? (
        <>
          <Finished>
            We mailed a link and six digits to <strong>{pending}</strong>.
          </Finished>
          <Form action={confirm} button="Confirm email">
            <CodeField />
          </Form>
          <button type="button" class="plain" onClick={() => setPending(undefined)}>
            Use another email
          </button>
        </>
      ) : (
        <Form action={request} button="Change email">
          <EmailField label="New email" autocomplete="email" />
          <PasswordField label="Current password" autocomplete="current-password" />
        </Form>
      )}
    </Page>
  );
}
