import type { Event } from "@gatehouse/client";
import { useState } from "preact/hooks";
import { ask, auth } from "../auth.ts";
import { Form } from "../form/form.tsx";
import { Page } from "../parts/page.tsx";
import { Trouble } from "../parts/trouble.tsx";
import { Waiting } from "../parts/waiting.tsx";
import { useResource } from "../resource.ts";
import { deviceOf } from "../words/device.ts";
import { isAlarming, wordsForEvent } from "../words/events.ts";
import { dateOf } from "../words/time.ts";

const pageSize = 20;

export function Activity() {
  const { data, error, reload, set } = useResource((signal) => auth.events({ limit: pageSize }, { signal }));
  const [told, setTold] = useState("");

  async function older() {
    const { data: page, error: failed } = await ask(
      auth.events({ limit: pageSize, before: Number(data?.next) }),
    );
    if (page && data) {
      set({ events: [...data.events, ...page.events], next: page.next });
      setTold(`${page.events.length} older entries are below.`);
    }
    return { error: failed };
  }

  return (
    <Page title="Activity" lead="What happened to your account, the newest first.">
      {error && <Trouble error={error} onRetry={reload} />}
      {!data && !error && <Waiting lines={8} />}
      {data && (
        <ol class="list">
          {data.events.map((event) => (
            <EventRow key={event.number} event={event} />
          ))}
        </ol>
      )}
      <p class="for-readers" role="status">
        {told}
      </p>
      {data?.next !== null && data !== undefined && (
        <Form action={older} button="Older" kind="plain" label="Older entries" />
      )}
    </Page>
  );
}

function EventRow({ event }: { readonly event: Event }) {
  const from = [event.sourceIp, event.userAgent && deviceOf(event.userAgent)].filter(Boolean);
  return (
    <li class={isAlarming(event) ? "alarming" : undefined}>
      <div>
        <strong>{wordsForEvent(event)}</strong>
        <p class="soft">
          <time dateTime={event.at}>{dateOf(event.at)}</time>
          {from.map((text) => ` · ${text}`)}
        </p>
      </div>
    </li>
  );
}
