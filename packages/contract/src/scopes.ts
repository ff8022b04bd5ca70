/**
 * What an access token may be used for (RFC 6749 section 3.3). In a token they stand in one string,
 * separated by spaces.
 */
export const scopes = {
  "profile:read": "read the user's own profile",
  "profile:write": "change the user's own profile",
  "sessions:read": "list the user's own sessions",
  "sessions:write": "end the user's own sessions",
  "account:read": "read everything that is held about the user",
  "account:write": "change the user's password or email, and delete the account",
} as const;

export type Scope = keyof typeof scopes;

/** What a person's own log-in grants: everything a user may do to their own account. */
export const userScopes = Object.keys(scopes) as readonly Scope[];

/** True where the scope string of a token names the scope. */
export function hasScope(granted: string, scope: Scope): boolean {
  return granted.split(" ").includes(scope);
}
