import { createHmac, type KeyObject } from "node:crypto";
import { parsedSecret } from "../parsed-secret.ts";
import { readSecretKey } from "../secret-key.ts";
import { secretAnew } from "../secrets.ts";

const name = "PASSWORD_PEPPER";

/** The key of the HMAC that stands before the hash. */
export interface Pepper {
  /** Stands in every hash that was made with it: eight hexadecimal digits that tell nothing of the key. */
  readonly id: string;
  readonly key: KeyObject;
}

/** The newest first, with which hashes are made. The others are for those who have not logged in since. */
export type Peppers = readonly [newest: Pepper, ...older: Pepper[]];

/**
 * The peppers of a secret: one, or several with commas between them.
 *
 * @throws ConfigError where one of them is shorter than 32 bytes.
 */
export function readPeppers(text: string): Peppers {
  const [newest, ...older] = text.split(",").map((each) => readSecretKey(name, each));
  return [withId(newest as KeyObject), ...older.map(withId)];
}

export async function newestPepper(): Promise<Pepper> {
  return (await peppers())[0];
}

/**
 * The pepper that a hash names. One that is not known may be new: the secret is read again, though not more often than
 * every ten seconds. A hash of a time before they had names was made with the oldest.
 */
export async function pepperOf(id: string | undefined): Promise<Pepper | undefined> {
  const known = find(await peppers(), id);
  if (known) return known;
  await secretAnew(name);
  return find(await peppers(), id);
}

const peppers = parsedSecret(name, readPeppers);

function find(all: Peppers, id: string | undefined): Pepper | undefined {
  return id === undefined ? all.at(-1) : all.find((each) => each.id === id);
}

function withId(key: KeyObject): Pepper {
  return { id: createHmac("sha256", key).update("name of this pepper").digest("hex").slice(0, 8), key };
}
