import type { ComponentChildren } from "preact";
import { Page } from "./page.tsx";

interface CardProps {
  readonly title: string;
  readonly lead?: ComponentChildren;
  /** Where else one may want to go. */
  readonly foot?: ComponentChildren;
  readonly children?: ComponentChildren;
}

/** A page for somebody who is not logged in, or need not be. */
export function Card({ title, lead, foot, children }: CardProps) {
  return (
    <main class="card" id="page" tabIndex={-1}>
      <Page title={title} lead={lead}>
        {children}
      </Page>
      {foot && <p class="foot">{foot}</p>}
    </main>
  );
}
