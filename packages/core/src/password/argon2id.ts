import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import type { Scheme } from "./scheme.ts";

/** OWASP Password Storage Cheat Sheet, "Argon2id": 19 MiB of memory, two passes, one lane. */
const today = { memory: 19_456, passes: 2, parallelism: 1 } as const;

const saltBytes = 16;
const tagBytes = 32;

/** The text that the reference implementation writes (PHC string format): Base64 without padding. */
const hashPattern =
  /^\$argon2id\$v=19\$m=(?<memory>\d{1,7}),t=(?<passes>\d{1,2}),p=(?<parallelism>\d{1,2})\$(?<salt>[A-Za-z0-9+/]{22})\$(?<tag>[A-Za-z0-9+/]{43})$/;

type Parts = Readonly<Record<"memory" | "passes" | "parallelism" | "salt" | "tag", string>>;

/** Argon2id (RFC 9106) of Node itself, off the main thread. */
export const argon2id: Scheme = {
  hash: async (peppered) => {
    const salt = randomBytes(saltBytes);
    return textOf(salt, await tagOf(peppered, salt, today));
  },
  matches: async (peppered, hash) => {
    const { memory, passes, parallelism, salt, tag } = (hashPattern.exec(hash) as RegExpExecArray)
      .groups as Parts;
    const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
    const made = await tagOf(peppered, Buffer.from(salt, "base64"), cost);
    return timingSafeEqual(made, Buffer.from(tag, "base64"));
  },
  isHash: (text) => hashPattern.test(text),
  isOutdated: (hash) => !hash.startsWith(prefix),
  nobodys: () => textOf(Buffer.alloc(saltBytes), Buffer.alloc(tagBytes)),
};

const prefix = `$argon2id$v=19$m=${today.memory},t=${today.passes},p=${today.parallelism}$`;

type Cost = Readonly<Record<keyof typeof today, number>>;

function tagOf(message: string, nonce: Buffer, cost: Cost): Promise<Buffer> {
  return promisify(argon2)("argon2id", { message, nonce, tagLength: tagBytes, ...cost });
}

function textOf(salt: Buffer, tag: Buffer): string {
  return prefix + [salt, tag].map((bytes) => bytes.toString("base64").replaceAll("=", "")).join("$");
}
