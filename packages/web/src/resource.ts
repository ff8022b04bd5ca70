import type { GatehouseError, Result } from "@gatehouse/client";
import { useCallback, useEffect, useState } from "preact/hooks";
import { ask } from "./auth.ts";

export interface Resource<T> {
  readonly data?: T | undefined;
  readonly error?: GatehouseError | undefined;
  /** Asks again. What was there stays until the answer is. */
  readonly reload: () => void;
  readonly set: (data: T) => void;
}

/** What a page shows of the API: asked for once it is shown, and no longer waited for once it is not. */
export function useResource<T>(load: (signal: AbortSignal) => Promise<Result<T>>): Resource<T> {
  const [state, setState] = useState<Pick<Resource<T>, "data" | "error">>({});
  const [count, setCount] = useState(0);
  useEffect(() => {
    const leaving = new AbortController();
    void ask(load(leaving.signal)).then(({ data, error }) => {
      if (!leaving.signal.aborted) setState((before) => ({ data: data ?? before.data, error }));
    });
    return () => leaving.abort();
  }, [count]);
  const reload = useCallback(() => setCount((before) => before + 1), []);
  const set = useCallback((data: T) => setState({ data }), []);
  return { ...state, reload, set };
}
