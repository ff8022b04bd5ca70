import { ask, auth } from "../auth.ts";
import { PasswordField } from "../form/fields.tsx";
import { Form } from "../form/form.tsx";
import { dropLinkToken, useLinkToken } from "../link-token.ts";
import { Card } from "../parts/card.tsx";
import { Link } from "../parts/link.tsx";
import { NoToken } from "../parts/no-token.tsx";
import { paths } from "../paths.ts";
import { go } from "../place.ts";

export function ResetPassword() {
  const token = useLinkToken(paths.resetPassword);

  async function reset({ password = "" }: Record<string, string>) {
    const result = await ask(auth.resetPassword({ token: token ?? "", password }));
    if (result.error) return result;
    // Every session has ended, and so has this browser's, if it had one.
    if (auth.session.status === "active") await auth.refresh();
    go(paths.login, { notice: "Your new password is set. Log in with it." });
    dropLinkToken();
    return {};
  }

  return (
    <Card
      title="Choose a new password"
      lead="Wherever you are logged in, you will be logged out."
      foot={<Link to={paths.forgotPassword}>Send me another link</Link>}
    >
      {token ? (
        <Form action={reset} button="Set the password">
          <PasswordField label="New password" autocomplete="new-password" />
        </Form>
      ) : (
        <NoToken />
      )}
    </Card>
  );
}
