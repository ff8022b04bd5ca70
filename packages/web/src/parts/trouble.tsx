import { type Failed, wordsFor } from "../words/errors.ts";

interface TroubleProps {
  readonly error: Failed;
  readonly onRetry: () => void;
}

/** What could not be loaded, why, and a way to try again. */
export function Trouble({ error, onRetry }: TroubleProps) {
  return (
    <div class="trouble" role="alert">
      <p>{wordsFor(error)}</p>
      <button type="button" class="plain" onClick={onRetry}>
        Try again
      </button>
    </div>
  );
}
