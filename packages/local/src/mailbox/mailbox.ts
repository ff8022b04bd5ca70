import { randomUUID } from "node:crypto";
import { codeOf, linksOf } from "./contents.ts";

/** A mail as it was sent, to one person. `text` or `html` is empty where it has none. */
export interface SentMail {
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** A mail as it is kept: with what a person looks for in it. */
export interface Mail extends SentMail {
  readonly id: string;
  /** The http and https URLs of the text. */
  readonly links: readonly string[];
  /** The six digits that stand alone on a line of the text; null where there are none. */
  readonly code: string | null;
  /** RFC 3339. */
  readonly sentAt: string;
}

export interface Mailbox {
  add(sent: SentMail): Mail;
  /** The newest first; those of one address where it is given, in whatever case. */
  list(to?: string | undefined): readonly Mail[];
  find(id: string): Mail | undefined;
  clear(): void;
  /** Changes whenever the list does. */
  readonly revision: string;
}

export interface MailboxOptions {
  /** How many are kept: the newest. @default 500 */
  readonly capacity?: number;
  readonly onMail?: ((mail: Mail) => void) | undefined;
}

/** The mails of this run, in memory. */
export function createMailbox({ capacity = 500, onMail }: MailboxOptions = {}): Mailbox {
  const name = randomUUID();
  let mails: readonly Mail[] = [];
  let changes = 0;
  const keep = (changed: readonly Mail[]) => {
    mails = changed;
    changes += 1;
  };
  return {
    add(sent) {
      const found = { links: linksOf(sent.text), code: codeOf(sent.text) ?? null };
      const mail = { id: randomUUID(), ...sent, ...found, sentAt: new Date().toISOString() };
      keep([mail, ...mails].slice(0, capacity));
      onMail?.(mail);
      return mail;
    },
    list: (to) => (to === undefined ? mails : mails.filter((mail) => isSame(mail.to, to))),
    find: (id) => mails.find((mail) => mail.id === id),
    clear: () => keep([]),
    get revision() {
      return `${name}-${changes}`;
    },
  };
}

function isSame(address: string, other: string): boolean {
  return address.toLowerCase() === other.toLowerCase();
}
