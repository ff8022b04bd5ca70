/** What `npm run keys` does with the peppers of one place (docs/keys.md, "The pepper"). */
import { generateSecrets } from "@gatehouse/core/generate-secrets";
import { readPeppers } from "../packages/core/src/password/pepper.ts";
import { type SecretStore, SecretStoreError, type Secrets } from "./secret-store.ts";

/**
 * Puts a new pepper before the others. Every password stays good: its hash names the pepper that it was made with, and is
 * made anew when its person logs in.
 *
 * @throws SecretStoreError where there is none yet.
 */
export async function rotatePepper(store: SecretStore): Promise<readonly string[]> {
  const peppers = await open(store);
  return write(store, `made a new pepper at ${store.place}`, [generateSecrets().PASSWORD_PEPPER, ...peppers]);
}

/**
 * Takes the oldest pepper out: whoever has not logged in since the one after it came has to reset their password.
 *
 * @throws SecretStoreError where it is the only one, and without `force`, since nothing tells here who that would be.
 */
export async function retirePepper(
  store: SecretStore,
  { force = false }: { readonly force?: boolean | undefined } = {},
): Promise<readonly string[]> {
  const peppers = await open(store);
  if (peppers.length === 1)
    throw new SecretStoreError(`There is one pepper at ${store.place}, and every password hangs on it`);
  if (!force)
    throw new SecretStoreError(
      "Whoever has not logged in since the last rotation of the pepper would have to reset their password. " +
        "docs/keys.md tells how to count them; --force retires it",
    );
  return write(store, `retired the oldest pepper at ${store.place}`, peppers.slice(0, -1));
}

/** A line for each pepper, the newest first. */
export function describePeppers({ PASSWORD_PEPPER }: Secrets): readonly string[] {
  if (PASSWORD_PEPPER === undefined) return [];
  return readPeppers(PASSWORD_PEPPER).map(
    ({ id }, age) => `pepper    ${id}  ${age === 0 ? "makes hashes" : "verifies"}`,
  );
}

async function open(store: SecretStore): Promise<readonly string[]> {
  const { PASSWORD_PEPPER } = await store.read();
  if (PASSWORD_PEPPER === undefined)
    throw new SecretStoreError(
      `There is no pepper at ${store.place}: is that the place you mean? init makes it`,
    );
  readPeppers(PASSWORD_PEPPER);
  return PASSWORD_PEPPER.split(",");
}

async function write(
  store: SecretStore,
  done: string,
  peppers: readonly string[],
): Promise<readonly string[]> {
  const PASSWORD_PEPPER = peppers.join(",");
  await store.write("PASSWORD_PEPPER", PASSWORD_PEPPER);
  return [done, ...describePeppers({ PASSWORD_PEPPER })];
}
