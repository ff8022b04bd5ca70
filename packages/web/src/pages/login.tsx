import { useState } from "preact/hooks";
import { ask, auth } from "../auth.ts";
import { EmailField, PasswordField } from "../form/fields.tsx";
import { Form } from "../form/form.tsx";
import { Card } from "../parts/card.tsx";
import { Link } from "../parts/link.tsx";
import { SendAgain } from "../parts/send-again.tsx";
import { paths } from "../paths.ts";
import { usePlace } from "../place.ts";

export function Login() {
  const { email: known } = usePlace();
  const [email, setEmail] = useState(known ?? "");
  const [unverified, setUnverified] = useState<string>();

  // Whoever is logged in is led on by the session itself.
  async function logIn({ email = "", password = "" }: Record<string, string>) {
    const result = await ask(auth.login({ email, password }));
    setUnverified(result.error?.code === "email_not_verified" ? email : undefined);
    return result;
  }

  return (
    <Card
      title="Log in"
      foot={
        <>
          New here? <Link to={paths.register}>Create an account</Link>
        </>
      }
    >
      <Form action={logIn} button="Log in">
        <EmailField value={known} onValue={setEmail} />
        <PasswordField autocomplete="current-password" />
      </Form>
      <p>
        <Link to={paths.forgotPassword} email={email}>
          Forgot your password?
        </Link>
      </p>
      {unverified && <SendAgain email={unverified} />}
    </Card>
  );
}
