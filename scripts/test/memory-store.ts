import { generateSecrets } from "@gatehouse/core/generate-secrets";
import { expect, vi } from "vitest";
import type { SigningKey } from "../../packages/core/src/token/key.ts";
import { announcedSeconds } from "../../packages/core/src/token/key-ring.ts";
import { rotateKeys } from "../key-commands.ts";
import type { SecretStore, Secrets } from "../secret-store.ts";

export interface Memory extends SecretStore {
  secrets: Secrets;
  /** What was there after each write. */
  readonly history: Secrets[];
  /** The write that fails, counted from 1; none where it is undefined. */
  failingWrite?: number | undefined;
}

/** A store in this process, which remembers and can fail. */
export function memory(secrets: Secrets = {}): Memory {
  const store: Memory = {
    place: "memory",
    secrets,
    history: [],
    read: async () => store.secrets,
    write: async (name, value) => {
      if (store.history.length + 1 === store.failingWrite) throw new Error("the power went out");
      store.secrets = { ...store.secrets, [name]: value };
      store.history.push(store.secrets);
    },
  };
  return store;
}

export function keysOf(text = `{"keys":[]}`): readonly SigningKey[] {
  return (JSON.parse(text) as { keys: SigningKey[] }).keys;
}

export function kidIn(secrets: Secrets, state: string): string | undefined {
  return keysOf(secrets.SIGNING_KEYS).find((key) => key.state === state)?.kid;
}

export const kids = (text?: string) =>
  keysOf(text)
    .map(({ kid }) => kid)
    .sort();

/** What signs now and what may sign next are known to whoever verifies. */
export function expectVerified(secrets: Secrets): void {
  expect(kids(secrets.VERIFICATION_KEYS)).toEqual(expect.arrayContaining(kids(secrets.SIGNING_KEYS)));
}

export function expectInStep(secrets: Secrets): void {
  expect(kids(secrets.VERIFICATION_KEYS)).toEqual(kids(secrets.SIGNING_KEYS));
}

export function wait(seconds: number): void {
  vi.setSystemTime(Date.now() + seconds * 1000);
}

/** A ring of three keys, all of them as old as any command wants them. */
export async function settledRing(): Promise<Memory> {
  const store = memory(generateSecrets());
  await rotateKeys(store, { force: true });
  wait(announcedSeconds);
  return memory(store.secrets);
}
