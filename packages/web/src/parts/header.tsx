import { useState } from "preact/hooks";
import { auth } from "../auth.ts";
import icon from "../icon.svg";
import { paths } from "../paths.ts";
import { go, usePlace } from "../place.ts";
import { useSession } from "../session.ts";
import { settings } from "../settings.ts";
import { wordsFor } from "../words/errors.ts";
import { Link } from "./link.tsx";

/** What the pages are of, and the way in or out. */
export function Header() {
  const { status } = useSession();
  const { path } = usePlace();
  return (
    <header class="top">
      <Link to={paths.home} class="brand">
        <img src={icon} alt="" width="28" height="28" />
        {settings.appName}
      </Link>
      <nav aria-label="Main">
        {status === "active" && (
          <>
            <Link to={paths.profile}>Account</Link>
            <LogOut />
          </>
        )}
        {status === "none" && (
          <>
            <Link to={paths.login} current={path === paths.login}>
              Log in
            </Link>
            <Link to={paths.register} current={path === paths.register}>
              Create account
            </Link>
          </>
        )}
      </nav>
    </header>
  );
}

function LogOut() {
  const [busy, setBusy] = useState(false);
  async function logOut() {
    setBusy(true);
    const { error } = await auth.logout();
    setBusy(false);
    if (error) go(location.pathname + location.search, { replace: true, notice: wordsFor(error) });
    else go(paths.login, { notice: "You are logged out." });
  }
  return (
    <button type="button" class="plain" onClick={logOut} disabled={busy} aria-busy={busy}>
      Log out
    </button>
  );
}
