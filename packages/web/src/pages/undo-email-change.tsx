import { useState } from "preact/hooks";
import { ask, auth } from "../auth.ts";
import { Form } from "../form/form.tsx";
import { dropLinkToken, useLinkToken } from "../link-token.ts";
import { Card } from "../parts/card.tsx";
import { Finished } from "../parts/finished.tsx";
import { Link } from "../parts/link.tsx";
import { NoToken } from "../parts/no-token.tsx";
import { paths } from "../paths.ts";

export function UndoEmailChange() {
  const token = useLinkToken(paths.undoEmailChange);
  const [isDone, setDone] = useState(false);

  async function undo() {
    const result = await ask(auth.undoEmailChange({ token: token ?? "" }));
    if (!result.error) {
      setDone(true);
      dropLinkToken();
    }
    return result;
  }

  return (
    <Card
      title="Keep your old email"
      lead="Somebody asked for another email for your account. If that was not you, call it off."
    >
      {isDone && (
        <Finished>
          The change is called off: your email stays. If you did not ask for it,{" "}
          <Link to={paths.forgotPassword}>choose a new password</Link> too.
        </Finished>
      )}
      {!isDone && (token ? <Form action={undo} button="Keep the old email" /> : <NoToken />)}
    </Card>
  );
}
