import { paths } from "../paths.ts";
import { Link } from "./link.tsx";
import { SendAgain } from "./send-again.tsx";

/** What is still to be done after a registration, and how. */
export function Unverified({ email }: { readonly email: string }) {
  return (
    <section class="unverified" aria-labelledby="unverified">
      <p id="unverified">
        <strong>Your email is not verified</strong>
      </p>
      <p>
        Open the link that we mailed to <strong>{email}</strong>. Or{" "}
        <Link to={paths.verifyEmail} email={email}>
          enter the six digits
        </Link>
        .
      </p>
      <SendAgain email={email} />
    </section>
  );
}
