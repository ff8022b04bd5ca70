/** Where a session is in the table, as ElectroDB's templates. The authorizer reads by them without ElectroDB. */
export const sessionKey = {
  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: ElectroDB fills these templates
  pk: "user#${userId}",
  sk: "session#${seat}",
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: ElectroDB fills these templates
} as const;

/** A session as it is stored. */
export interface SessionItem {
  readonly userId: string;
  readonly seat: string;
  readonly sessionId: string;
  readonly epoch: number;
  readonly generation: number;
  readonly rotatedAt: number;
  readonly createdAt: number;
  readonly idleExpiresAt: number;
  readonly expiresAt: number;
  readonly scope: string;
  readonly roles: readonly string[];
  readonly label?: string;
  readonly sourceIp: string;
  readonly userAgent?: string;
  readonly ttl: number;
}

/** Whether neither of its two ends has come. `now` in epoch seconds. */
export function isRunning(session: Pick<SessionItem, "expiresAt" | "idleExpiresAt">, now: number): boolean {
  return now < session.expiresAt && now < session.idleExpiresAt;
}
