/** A way to hash what the pepper has made of a password: 64 characters without NUL. */
export interface Scheme {
  /** A new hash with a salt of its own, at today's cost. */
  hash(peppered: string): Promise<string>;
  /** Whether it is the one that was hashed. Takes what it takes at the cost that stands in the hash. */
  matches(peppered: string, hash: string): Promise<boolean>;
  /** Whether a text is a hash of this scheme: anything else is damage. */
  isHash(text: string): boolean;
  /** Whether it was made at another cost than today's. */
  isOutdated(hash: string): boolean;
  /** A well-formed hash of nothing anybody can type, at today's cost. A malformed one would answer a thousand times sooner. */
  nobodys(): string;
}
