import { type Consumed, onConsumed } from "../../packages/core/test/units.ts";
import type { Measure } from "../costs/house.ts";
import { askedBy } from "../costs/operation.ts";
import type { Samples } from "./samples.ts";

/** Takes samples of what is done, from now on into these. It listens at the table that core asks at the time. */
export function openMeter(): { readonly measure: Measure; takeInto(samples: Samples): void } {
  let consumed: Consumed[] = [];
  let taken: Samples = new Map();
  onConsumed((each) => consumed.push(each));
  return {
    async measure({ name }, act) {
      consumed = [];
      const [begun, before] = [performance.now(), process.cpuUsage()];
      await act();
      const [{ user, system }, wall] = [process.cpuUsage(before), performance.now() - begun];
      const { requests, reads, writes } = askedBy(consumed);
      const units = `${reads} reads, ${writes} writes`;
      const samples = taken.get(name) ?? [];
      samples.push({ cpu: (user + system) / 1000, wall, requests, units });
      taken.set(name, samples);
    },
    takeInto(samples) {
      taken = samples;
    },
  };
}
