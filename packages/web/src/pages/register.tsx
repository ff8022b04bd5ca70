import { ask, auth } from "../auth.ts";
import { Field } from "../form/field.tsx";
import { EmailField, PasswordField } from "../form/fields.tsx";
import { Form } from "../form/form.tsx";
import { Card } from "../parts/card.tsx";
import { Link } from "../parts/link.tsx";
import { paths } from "../paths.ts";
import { go } from "../place.ts";

export function Register() {
  async function register({ email = "", password = "", name }: Record<string, string>) {
    const registered = await ask(auth.register({ email, password, ...(name && { name }) }));
    if (registered.error) return registered;
    const { error } = await auth.login({ email, password });
    // A service may want the email verified first, or hide whether it had an account already: both look like this.
    if (error)
      go(paths.verifyEmail, {
        email,
        notice: "Look into your mails: we have sent you a link and six digits.",
      });
    return {};
  }

  return (
    <Card
      title="Create your account"
      foot={
        <>
          Have an account? <Link to={paths.login}>Log in</Link>
        </>
      }
    >
      <Form action={register} button="Create account">
        <Field name="name" label="Name (optional)" autocomplete="name" maxLength={100} />
        <EmailField />
        <PasswordField
          autocomplete="new-password"
          hint="A few words that only you would put together are best."
        />
      </Form>
    </Card>
  );
}
