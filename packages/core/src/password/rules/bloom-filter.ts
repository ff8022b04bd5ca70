/**
 * A set of strings in few bits an entry (Bloom 1970): it answers yes for all that were added, and for a few
 * others: with 24 bits an entry, for about one in 100,000.
 */
export interface BloomFilter {
  readonly bits: Buffer;
  /** How many bits are set for one entry. */
  readonly hashes: number;
}

/** An empty filter with room for this many entries. The same entries always make the same bits. */
export function createFilter(entries: number, bitsPerEntry: number): BloomFilter {
  return {
    bits: Buffer.alloc(Math.ceil((entries * bitsPerEntry) / 8)),
    hashes: Math.round(bitsPerEntry * Math.LN2),
  };
}

export function addTo({ bits, hashes }: BloomFilter, entry: string): void {
  for (const place of placesOf(entry, hashes, bits.length * 8)) {
    bits.writeUInt8(bits.readUInt8(place >>> 3) | (1 << (place & 7)), place >>> 3);
  }
}

export function mayContain({ bits, hashes }: BloomFilter, entry: string): boolean {
  return placesOf(entry, hashes, bits.length * 8).every(
    (place) => (bits.readUInt8(place >>> 3) & (1 << (place & 7))) !== 0,
  );
}

/**
 * As many places as asked for, made from two hashes by enhanced double hashing (Dillinger and Manolios, "Bloom
 * Filters in Probabilistic Verification", 2004).
 */
function placesOf(entry: string, count: number, size: number): number[] {
  let place = hash(entry, 1) % size;
  let step = hash(entry, 2) % size;
  return Array.from({ length: count }, (_, index) => {
    const current = place;
    place = (place + step) % size;
    step = (step + index + 1) % size;
    return current;
  });
}

/** MurmurHash3 (Appleby, 32 bits) with every UTF-16 code unit as a block. */
function hash(text: string, seed: number): number {
  let value = seed;
  for (let at = 0; at < text.length; at++) {
    const unit = Math.imul(text.charCodeAt(at), 0xcc9e2d51);
    value = rotate(value ^ Math.imul(rotate(unit, 15), 0x1b873593), 13);
    value = Math.imul(value, 5) + 0xe6546b64;
  }
  value ^= text.length;
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

function rotate(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}
