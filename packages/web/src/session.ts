import type { SessionState } from "@gatehouse/client";
import { useEffect, useState } from "preact/hooks";
import { auth } from "./auth.ts";

/** Who is logged in, in this tab or by another one; it changes as soon as that does. */
export function useSession(): SessionState {
  const [session, setSession] = useState(auth.session);
  useEffect(() => {
    // It may have changed between the first look and now.
    setSession(auth.session);
    return auth.onSession(setSession);
  }, []);
  return session;
}
