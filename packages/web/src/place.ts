import { useEffect, useState } from "preact/hooks";

/** Where the reader is. What a page hands to the next one is kept out of the address, and is gone after a reload. */
export interface Place {
  readonly path: string;
  readonly search: string;
  /** What just happened, to be told on the page that one is led to. */
  readonly notice?: string | undefined;
  /** An email that was typed already. */
  readonly email?: string | undefined;
  /** Whether these pages led here, and not the address bar. */
  readonly isLed: boolean;
}

type Luggage = Pick<Place, "notice" | "email"> & { readonly replace?: boolean };

let place = read({ isLed: false });
const listeners = new Set<(place: Place) => void>();

addEventListener("popstate", () => change(read({ isLed: true })));

/** Goes to another page, with its path and query. */
export function go(to: string, { replace = false, ...luggage }: Luggage = {}): void {
  if (replace) history.replaceState(undefined, "", to);
  else history.pushState(undefined, "", to);
  change(read({ isLed: true, ...luggage }));
  scrollTo(0, 0);
}

export function usePlace(): Place {
  const [current, setCurrent] = useState(place);
  useEffect(() => {
    setCurrent(place);
    listeners.add(setCurrent);
    return () => void listeners.delete(setCurrent);
  }, []);
  return current;
}

function read(rest: Omit<Place, "path" | "search">): Place {
  return { path: location.pathname, search: location.search, ...rest };
}

function change(next: Place): void {
  place = next;
  for (const listener of [...listeners]) listener(next);
}
