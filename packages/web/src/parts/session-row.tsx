import type { Session } from "@gatehouse/client";
import { ask, auth } from "../auth.ts";
import { Form } from "../form/form.tsx";
import { deviceOf } from "../words/device.ts";
import { agoOf, dateOf } from "../words/time.ts";

interface SessionRowProps {
  readonly session: Session;
  /** Told, in words, once it has ended. */
  readonly onEnded: (what: string) => void;
}

/** One log-in on one device, and the button that ends it. */
export function SessionRow({ session, onEnded }: SessionRowProps) {
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
