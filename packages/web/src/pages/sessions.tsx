import type { Session } from "@gatehouse/client";
import { useRef, useState } from "preact/hooks";
import { ask, auth } from "../auth.ts";
import { Form } from "../form/form.tsx";
import { Page } from "../parts/page.tsx";
import { Trouble } from "../parts/trouble.tsx";
import { Waiting } from "../parts/waiting.tsx";
import { useResource } from "../resource.ts";
import { deviceOf } from "../words/device.ts";
import { agoOf, dateOf } from "../words/time.ts";

export function Sessions() {
  const { data, error, reload } = useResource((signal) => auth.sessions({ signal }));
  const others = data?.sessions.filter(({ current }) => !current) ?? [];

  const [told, setTold] = useState("");
  const line = useRef<HTMLParagraphElement>(null);

  // The button that was pressed goes with its session: the focus needs another place.
  function ended(what: string) {
    setTold(what);
    line.current?.focus();
    reload();
  }

  async function endOthers() {
    const { data: answer, error: failed } = await ask(auth.endOtherSessions());
    if (answer) ended(`Sessions ended: ${answer.ended}.`);
    return { error: failed };
  }

  return (
    <Page
      title="Sessions"
      lead="Where you are logged in. End what you do not know, and change your password."
    >
      <p class="done" role="status" tabIndex={-1} ref={line}>
        {told}
      </p>
      {error && <Trouble error={error} onRetry={reload} />}
      {!data && !error && <Waiting lines={4} />}
      {data && (
        <>
          <ul class="list">
            {data.sessions.map((session) => (
              <SessionRow key={session.id} session={session} onEnded={ended} />
            ))}
          </ul>
          {others.length > 0 && (
            <Form
              action={endOthers}
              button="End all other sessions"
              kind="danger"
              label="All other sessions"
            />
          )}
        </>
      )}
    </Page>
  );
}

interface RowProps {
  readonly session: Session;
  readonly onEnded: (what: string) => void;
}

function SessionRow({ session, onEnded }: RowProps) {
  const name = session.label ?? deviceOf(session.userAgent);
  async function end() {
    const result = await ask(auth.endSession({ sessionId: session.id }));
    // One that is gone already is as good as ended.
    if (!result.error || result.error.code === "not_found") onEnded(`Ended: ${name}.`);
    return result;
  }
  return (
    <li>
      <div>
        <strong>{name}</strong> {session.current && <span class="badge">This device</span>}
        <p class="soft">
          {session.sourceIp} · last used{" "}
          <time dateTime={session.lastUsedAt} title={dateOf(session.lastUsedAt)}>
            {agoOf(session.lastUsedAt)}
          </time>{" "}
          · since {dateOf(session.createdAt)}
        </p>
      </div>
      {!session.current && <Form action={end} button="End session" kind="plain" label={`End ${name}`} />}
    </li>
  );
}
