/** Numbers from 0 to 1 that are the same for the same seed (mulberry32, Tommy Ettinger, public domain). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

/** The id of an account of November 2026: a ULID whose random part comes from `random`. */
export function userIdFrom(random: () => number): string {
  return `01m8g3qbbd${Array.from({ length: 16 }, () => alphabet[Math.floor(random() * 32)]).join("")}`;
}
