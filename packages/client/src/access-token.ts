/** An access token and when it is to be replaced. */
export interface AccessToken {
  readonly text: string;
  /** Milliseconds since the epoch, by this device's clock. */
  readonly refreshAt: number;
}

/** So long before its end no request goes out with it any more: enough to arrive in time. */
const marginSeconds = 30;

/** A quarter of its life at most, so that a short one is used at all. */
export function accessToken(text: string, expiresIn: number): AccessToken {
  const margin = Math.min(marginSeconds, expiresIn / 4);
  return { text, refreshAt: Date.now() + (expiresIn - margin) * 1000 };
}

export function isFresh(token: AccessToken): boolean {
  return Date.now() < token.refreshAt;
}

/** Whose it is and of which session, as it says itself (RFC 9068). Nothing is decided by it here. */
export function readClaims(text: string): { readonly userId: string; readonly sessionId: string } {
  const { sub, sid } = parsePayload(text.split(".")[1] ?? "");
  return { userId: String(sub ?? ""), sessionId: String(sid ?? "") };
}

function parsePayload(payload: string): { readonly sub?: unknown; readonly sid?: unknown } {
  try {
    return Object(JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/"))));
  } catch {
    return {};
  }
}
