/** What is known of a password's owner, and so to anybody who guesses for this account. */
export interface Account {
  email: string;
  name?: string | undefined;
  /** What this stage calls the product. */
  appName?: string | undefined;
}

/** One kind of weak part. */
export interface Rule {
  /** Why a password of such parts is refused and what to do, going on from "the password". */
  readonly reason: string;
  /** A folded text without its weak parts; the text itself where it has none. */
  strip(text: string): string;
}
