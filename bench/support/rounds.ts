/**
 * In what order each round takes its kinds: random orders and the reverse of each, all of them shuffled, so that of
 * any two kinds either comes first equally often. The number of rounds is even, one more where an odd one is asked for.
 */
export function ordersOf(
  kinds: number,
  rounds: number,
  random = Math.random,
): readonly (readonly number[])[] {
  const inOrder = Array.from({ length: kinds }, (_, kind) => kind);
  const pairs = Array.from({ length: Math.ceil(rounds / 2) }, () => {
    const order = shuffle(inOrder, random);
    return [order, order.toReversed()];
  });
  return shuffle(pairs.flat(), random);
}

/** Fisher and Yates. */
function shuffle<T>(items: readonly T[], random: () => number): T[] {
  const shuffled = [...items];
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    const chosen = Math.floor(random() * (last + 1));
    [shuffled[last], shuffled[chosen]] = [shuffled[chosen] as T, shuffled[last] as T];
  }
  return shuffled;
}
