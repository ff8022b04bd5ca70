import { ask, auth } from "../auth.ts";
import { CodeField, digitsOf } from "../form/fields.tsx";
import { Form } from "../form/form.tsx";
import { dropLinkToken, useLinkToken } from "../link-token.ts";
import { Card } from "../parts/card.tsx";
import { Link } from "../parts/link.tsx";
import { paths } from "../paths.ts";
import { go } from "../place.ts";

/** The link alone confirms nothing: whoever asked for the change must be logged in, and log-in leads back here. */
export function ConfirmEmail() {
  const token = useLinkToken(paths.confirmEmail);

  async function confirm({ code }: Record<string, string>) {
    const result = await ask(auth.confirmEmail(token ? { token } : { code: digitsOf(code) }));
    if (!result.error) go(paths.profile, { notice: `Your email is ${result.data.email} now.` });
    if (!result.error || result.error.code === "invalid_code") dropLinkToken();
    return result;
  }

  return (
    <Card
      title="Confirm your new email"
      lead={token ? "Press the button, and your account has the new email." : undefined}
      foot={<Link to={paths.email}>Ask for another email</Link>}
    >
      <Form action={confirm} button="Confirm email">
        {!token && <CodeField />}
      </Form>
    </Card>
  );
}
