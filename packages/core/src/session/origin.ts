/** From where a request came, as the gateway saw it. */
export interface Origin {
  readonly sourceIp: string;
  /** At most 256 characters. */
  readonly userAgent?: string;
}

/** The members of an origin, picked by name, for an item. */
export function originOf({ sourceIp, userAgent }: Origin): Origin {
  return userAgent === undefined ? { sourceIp } : { sourceIp, userAgent };
}
