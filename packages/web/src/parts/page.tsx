import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { usePlace } from "../place.ts";
import { settings } from "../settings.ts";

interface PageProps {
  readonly title: string;
  readonly lead?: ComponentChildren;
  readonly children?: ComponentChildren;
}

/** A page: its heading, which is where a reader goes on after a link, its title, and what was to be told on arrival. */
export function Page({ title, lead, children }: PageProps) {
  const { isLed, notice } = usePlace();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${settings.appName}`;
    if (isLed) heading.current?.focus();
  }, [title]);
  return (
    <>
      <div class="head">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        <div role="status">{notice && <p class="notice">{notice}</p>}</div>
        {lead && <p class="lead">{lead}</p>}
      </div>
      {children}
    </>
  );
}
