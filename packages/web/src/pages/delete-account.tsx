import { useAccount } from "../account.ts";
import { ask, auth } from "../auth.ts";
import { PasswordField } from "../form/fields.tsx";
import { Form } from "../form/form.tsx";
import { Page } from "../parts/page.tsx";
import { paths } from "../paths.ts";
import { go } from "../place.ts";

export function DeleteAccount() {
  const { user } = useAccount();

  async function remove({ password = "" }: Record<string, string>) {
    const { data, error } = await ask(auth.deleteMe({ password }));
    if (data) {
      const notice = `Your account and everything stored of it are deleted. Receipt: ${data.receiptId}.`;
      go(paths.login, { replace: true, notice });
    }
    return { error };
  }

  return (
    <Page
      title="Delete account"
      lead="Your account and everything stored of it will be gone at once. It does not come back."
    >
      <Form action={remove} button="Delete my account" kind="danger">
        <input type="text" autocomplete="username" value={user.email} readOnly hidden />
        <PasswordField label="Current password" autocomplete="current-password" />
      </Form>
    </Page>
  );
}
