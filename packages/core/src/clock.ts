/** Now, in whole seconds since 1970: what tokens (RFC 7519, NumericDate), sessions and TTL count in. */
export function epochSeconds(): number {
  return Math.floor(Date.now() / 1000);
}

/** A time in epoch seconds as the API tells it: RFC 3339 in UTC. */
export function toTimestamp(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
