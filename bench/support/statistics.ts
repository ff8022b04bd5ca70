/** A ratio of two medians, and between what it lies with a confidence of 95 %. */
export interface Ratio {
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

const resamples = 2000;

/** Between two values it is interpolated. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const position = share * (sorted.length - 1);
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position % 1);
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/**
 * The median of `values` to that of `base`. Both were measured in the same rounds and are drawn again by rounds, so
 * that what slowed the machine for a while slows both (percentile bootstrap: Efron and Tibshirani, An Introduction
 * to the Bootstrap, section 13.3).
 */
export function ratioOfMedians(
  values: readonly number[],
  base: readonly number[],
  random = Math.random,
): Ratio {
  const rounds = base.length;
  const ratios = Array.from({ length: resamples }, () => {
    const drawn = Array.from({ length: rounds }, () => Math.floor(random() * rounds));
    const of = (all: readonly number[]) => median(drawn.map((round) => all[round] ?? Number.NaN));
    return of(values) / of(base);
  });
  return {
    ratio: median(values) / median(base),
    low: quantile(ratios, 0.025),
    high: quantile(ratios, 0.975),
  };
}
