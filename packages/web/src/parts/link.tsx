import type { ComponentChildren } from "preact";
import type { PagePath } from "../paths.ts";
import { go } from "../place.ts";

interface LinkProps {
  readonly to: PagePath;
  readonly email?: string | undefined;
  readonly current?: boolean;
  readonly class?: string;
  readonly children: ComponentChildren;
}

/** A link to another of these pages, without loading them again. Any key held down means what it does elsewhere. */
export function Link({ to, email, current, children, ...rest }: LinkProps) {
  function follow(event: MouseEvent) {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(to, { email });
  }
  return (
    <a href={to} onClick={follow} aria-current={current ? "page" : undefined} {...rest}>
      {children}
    </a>
  );
}
