import { useState } from "preact/hooks";
import { ask, auth } from "../auth.ts";
import { EmailField } from "../form/fields.tsx";
import { Form } from "../form/form.tsx";
import { Card } from "../parts/card.tsx";
import { Finished } from "../parts/finished.tsx";
import { Link } from "../parts/link.tsx";
import { paths } from "../paths.ts";
import { usePlace } from "../place.ts";

export function ForgotPassword() {
  const { email: known } = usePlace();
  const [sentTo, setSentTo] = useState<string>();

  async function send({ email = "" }: Record<string, string>) {
    const result = await ask(auth.forgotPassword({ email }));
    if (!result.error) setSentTo(email);
    return result;
  }

  return (
    <Card
      title="Forgot your password?"
      lead="We mail you a link to choose a new one."
      foot={<Link to={paths.login}>Back to log-in</Link>}
    >
      {sentTo ? (
        <Finished>
          If <strong>{sentTo}</strong> has an account, a mail with a link is on its way.
        </Finished>
      ) : (
        <Form action={send} button="Send me a link">
          <EmailField value={known} />
        </Form>
      )}
    </Card>
  );
}
