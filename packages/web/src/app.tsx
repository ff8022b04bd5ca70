import { useCallback, useEffect, useState } from "preact/hooks";
import { AccountFrame } from "./account-frame.tsx";
import { auth } from "./auth.ts";
import { type PageEntry, pageAt } from "./page-table.ts";
import { NotFound } from "./pages/not-found.tsx";
import { Card } from "./parts/card.tsx";
import { Header } from "./parts/header.tsx";
import { Lead } from "./parts/lead.tsx";
import { Trouble } from "./parts/trouble.tsx";
import { WaitingCard } from "./parts/waiting.tsx";
import { isOfAccount } from "./paths.ts";
import { usePlace } from "./place.ts";
import { useSession } from "./session.ts";
import { loginPath, wayBack } from "./way-back.ts";
import { wordsForEnd } from "./words/errors.ts";

const unreachable = { code: "network_error", message: "" } as const;

/** The header, and the page that the address names. */
export function App() {
  const { path } = usePlace();
  const [failed, setFailed] = useState(false);
  const restore = useCallback(async () => {
    setFailed(false);
    setFailed((await auth.restore()).status === "unknown");
  }, []);
  useEffect(() => void restore(), []);
  const page = pageAt(path);
  return (
    <>
      <a class="skip" href="#page">
        Skip to the page
      </a>
      <Header />
      {page ? <Entry page={page} onRetry={failed ? restore : undefined} /> : <NotFound />}
    </>
  );
}

interface EntryProps {
  readonly page: PageEntry;
  /** Where it could not be told whether somebody is logged in. */
  readonly onRetry: (() => void) | undefined;
}

/** Lets in whom a page is for. While nobody knows who is there, such a page shows neither itself nor another one. */
function Entry({ page: { View, audience }, onRetry }: EntryProps) {
  const session = useSession();
  const { path, search } = usePlace();
  if (audience !== "anybody" && session.status === "unknown") {
    return onRetry ? (
      <Card title="No answer">
        <Trouble error={unreachable} onRetry={onRetry} />
      </Card>
    ) : (
      <WaitingCard />
    );
  }
  if (audience === "members" && session.status === "none") {
    return <Lead to={loginPath(path, session.reason)} notice={wordsForEnd(session.reason)} />;
  }
  if (audience === "strangers" && session.status === "active") return <Lead to={wayBack(search)} />;
  if (!isOfAccount(path)) return <View key={path} />;
  return (
    <AccountFrame key={session.status === "active" && session.userId}>
      <View key={path} />
    </AccountFrame>
  );
}
