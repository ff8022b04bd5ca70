import { useEffect } from "preact/hooks";
import { go, usePlace } from "../place.ts";
import { WaitingCard } from "./waiting.tsx";

interface LeadProps {
  readonly to: string;
  readonly notice?: string | undefined;
}

/** Leads on to another page, in place of this one. What was to be told here is told there. */
export function Lead({ to, notice }: LeadProps) {
  const place = usePlace();
  useEffect(() => go(to, { replace: true, notice: notice ?? place.notice }), [to]);
  return <WaitingCard />;
}
