import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { SecretName } from "../src/secrets.ts";
import type { ItemShape } from "./item-shapes.ts";
import type { StoredItem } from "./items.ts";

/** Where the fixtures of every release are kept (`scripts/record-release.ts`). */
export const releasesFolder = join(import.meta.dirname, "fixtures/releases");

/** What a client, a reader of mails and an operator hold of a stage that one release has written. */
export interface Held {
  /** When all of it was as it is told, in RFC 3339. */
  readonly recordedAt: string;
  readonly issuer: string;
  readonly audience: string;
  readonly secrets: Partial<Record<SecretName, string>>;
  /** Somebody who uses their account. */
  readonly member: {
    readonly userId: string;
    readonly email: string;
    readonly password: string;
    readonly accessToken: string;
    /** The one to use next, and one that was used long ago. */
    readonly refreshToken: string;
    readonly usedRefreshToken: string;
    readonly sessions: number;
    readonly events: number;
  };
  /** Tokens of links that were mailed and not used yet. Each is of another person but `confirmEmail`, the member's. */
  readonly links?: Readonly<Record<"verifyEmail" | "resetPassword" | "confirmEmail", string>>;
  /** A registration that was answered, with its Idempotency-Key. */
  readonly repeatable?: { readonly key: string; readonly body: object; readonly answer: object };
  /** Somebody whose free wrong passwords are all used up. */
  readonly guessedAt?: { readonly email: string };
}

export interface Release {
  readonly name: string;
  readonly held: Held;
  readonly items: readonly StoredItem[];
  /** Of a released version. What was written before the first release has none. */
  readonly shapes: Readonly<Record<string, ItemShape>> | undefined;
}

/** Every release that fixtures were kept of, the oldest first. */
export const releases: readonly Release[] = globSync("*/held.json", { cwd: releasesFolder })
  .map((file) => readRelease(file.slice(0, -"/held.json".length)))
  .toSorted((a, b) => (a.held.recordedAt < b.held.recordedAt ? -1 : 1));

function readRelease(name: string): Release {
  const read = (file: string) => readFileSync(join(releasesFolder, name, file), "utf8");
  const [shapes] = globSync("shapes.json", { cwd: join(releasesFolder, name) });
  return {
    name,
    held: JSON.parse(read("held.json")) as Held,
    items: read("items.jsonl")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as StoredItem),
    shapes: shapes ? (JSON.parse(read(shapes)) as Record<string, ItemShape>) : undefined,
  };
}
