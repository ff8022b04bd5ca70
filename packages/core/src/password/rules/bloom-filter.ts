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
  everyPlace(entry, hashes, bits.length * 8, (place) => {
    bits.writeUInt8(bits.readUInt8(place >>> 3) | (1 << (place & 7)), place >>> 3);
    return true;
  });
}

export function mayContain({ bits, hashes }: BloomFilter, entry: string): boolean {
  return everyPlace(
    entry,
    hashes,
    bits.length * 8,
    (place) => (bits.readUInt8(place >>> 3) & (1 << (place & 7))) !== 0,
  );
}

/**
 * Whether something holds of as many places as asked for, made from two hashes by enhanced double hashing (Dillinger
 * and Manolios, "Bloom Filters in Probabilistic Verification", 2004). Most texts are done with after the first two.
 */
function everyPlace(entry: string, count: number, size: number, holds: (place: number) => boolean): boolean {
  let place = hash(entry, 1) % size;
  let step = hash(entry, 2) % size;
  for (let index = 1; index <= count; index++) {
    if (!holds(place)) return false;
    place = (place + step) % size;
    step = (step + index) % size;
  }
  return true;
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
