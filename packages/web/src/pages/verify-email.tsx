import { useState } from "preact/hooks";
import { ask, auth } from "../auth.ts";
import { CodeField, digitsOf, EmailField } from "../form/fields.tsx";
import { Form } from "../form/form.tsx";
import { dropLinkToken, useLinkToken } from "../link-token.ts";
import { Card } from "../parts/card.tsx";
import { Finished } from "../parts/finished.tsx";
import { Link } from "../parts/link.tsx";
import { SendAgain } from "../parts/send-again.tsx";
import { paths } from "../paths.ts";
import { usePlace } from "../place.ts";

export function VerifyEmail() {
  const token = useLinkToken(paths.verifyEmail);
  const { email: known } = usePlace();
  const [email, setEmail] = useState(known ?? "");
  const [isDone, setDone] = useState(false);

  async function verify({ email = "", code }: Record<string, string>) {
    const result = await ask(auth.verifyEmail(token ? { token } : { email, code: digitsOf(code) }));
    if (!result.error) setDone(true);
    // The digits of the same mail, or of another one, may still be good.
    if (!result.error || result.error.code === "invalid_code") dropLinkToken();
    return result;
  }

  if (isDone) {
    return (
      <Card title="Verify your email">
        <Finished>Your email is verified.</Finished>
        <Link to={paths.home}>Go on</Link>
      </Card>
    );
  }
  return (
    <Card
      title="Verify your email"
      lead={token ? "Press the button, and we know that this mail has reached you." : undefined}
      foot={<Link to={paths.login}>Back to log-in</Link>}
    >
      <Form action={verify} button="Verify email">
        {!token && (
          <>
            <EmailField value={known} onValue={setEmail} />
            <CodeField />
          </>
        )}
      </Form>
      {!token && <SendAgain email={email} />}
    </Card>
  );
}
