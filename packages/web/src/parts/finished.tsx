import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** What came of the one thing that a page is for, in place of its form. A reader who sees nothing is led to it. */
export function Finished({ children }: { readonly children: ComponentChildren }) {
  const text = useRef<HTMLDivElement>(null);
  useEffect(() => text.current?.focus(), []);
  return (
    <div class="notice" role="status" tabIndex={-1} ref={text}>
      {children}
    </div>
  );
}
