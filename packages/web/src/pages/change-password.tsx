import { useAccount } from "../account.ts";
import { ask, auth } from "../auth.ts";
import { PasswordField } from "../form/fields.tsx";
import { Form } from "../form/form.tsx";
import { Page } from "../parts/page.tsx";

export function ChangePassword() {
  const { user } = useAccount();

  async function change({ currentPassword = "", newPassword = "" }: Record<string, string>) {
    const { data, error } = await ask(auth.changePassword({ currentPassword, newPassword }));
    return { error, done: data && `Your password is changed. Other sessions ended: ${data.ended}.` };
  }

  return (
    <Page title="Change password" lead="Everywhere else you will be logged out.">
      <Form action={change} button="Change password" clears>
        {/* For password managers, which need to know whose password it is. */}
        <input type="text" autocomplete="username" value={user.email} readOnly hidden />
        <PasswordField name="currentPassword" label="Current password" autocomplete="current-password" />
        <PasswordField name="newPassword" label="New password" autocomplete="new-password" />
      </Form>
    </Page>
  );
}
