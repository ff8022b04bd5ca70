import { type SecretName, secret } from "./secrets.ts";

/** A reader of one secret that parses it again only when its text has changed. */
export function parsedSecret<T>(name: SecretName, parse: (text: string) => T): () => Promise<T> {
  let known: { text: string; value: T } | undefined;
  return async () => {
    const text = await secret(name);
    if (known?.text !== text) known = { text, value: parse(text) };
    return known.value;
  };
}
