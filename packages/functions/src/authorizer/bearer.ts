/**
 * The token in an Authorization header, or undefined where it holds anything else: `Bearer <token>`, the scheme in
 * any case (RFC 6750 section 2.1, RFC 9110 section 11.1), or the compact JWT alone, as the tutorial's readers
 * send it. A doubled header arrives joined by a comma and is refused with every other shape.
 */
export function readBearer(authorization: string): string | undefined {
  return /^(?:bearer +)?([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization)?.[1];
}
