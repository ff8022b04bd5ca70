import type { ComponentChildren } from "preact";
import { AccountContext } from "./account.ts";
import { auth } from "./auth.ts";
import { AccountNav } from "./parts/account-nav.tsx";
import { Trouble } from "./parts/trouble.tsx";
import { Unverified } from "./parts/unverified.tsx";
import { Waiting } from "./parts/waiting.tsx";
import { useResource } from "./resource.ts";

/** What stands around every page of somebody's account. It stays while they go from one to the other. */
export function AccountFrame({ children }: { readonly children: ComponentChildren }) {
  const { data: user, error, reload, set } = useResource((signal) => auth.me({ signal }));
  const waiting = error ? <Trouble error={error} onRetry={reload} /> : <Waiting lines={6} />;
  return (
    <div class="account">
      <AccountNav user={user} />
      <main id="page" tabIndex={-1}>
        {user ? (
          <AccountContext.Provider value={{ user, setUser: set }}>
            {!user.emailVerified && <Unverified email={user.email} />}
            {children}
          </AccountContext.Provider>
        ) : (
          waiting
        )}
      </main>
    </div>
  );
}
