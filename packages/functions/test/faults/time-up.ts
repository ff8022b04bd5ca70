import { syncBuiltinESMExports } from "node:module";
import timers from "node:timers";

/**
 * Takes the clock of the pipeline in hand: Middy sets one timer a request, for the moment when the function must answer.
 * It never fires by itself, and fires when the answer is called.
 */
export function holdClock(): { readonly timeIsUp: () => void; readonly release: () => void } {
  const { setTimeout } = timers;
  let fire = () => {};
  timers.setTimeout = ((callback: () => void) => {
    fire = callback;
  }) as typeof setTimeout;
  // The pipeline has imported the function by its name.
  syncBuiltinESMExports();
  return {
    timeIsUp: () => fire(),
    release() {
      timers.setTimeout = setTimeout;
      syncBuiltinESMExports();
    },
  };
}
