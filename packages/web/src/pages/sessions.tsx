import { useRef, useState } from "preact/hooks";
import { ask, auth } from "../auth.ts";
import { Form } from "../form/form.tsx";
import { Page } from "../parts/page.tsx";
import { SessionRow } from "../parts/session-row.tsx";
import { Trouble } from "../parts/trouble.tsx";
import { Waiting } from "../parts/waiting.tsx";
import { useResource } from "../resource.ts";

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
