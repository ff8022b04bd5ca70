import bcrypt from "bcryptjs";
import type { Watcher } from "../../packages/core/src/store/tries.ts";
import { generateSigningKey } from "../../packages/core/src/token/key.ts";
import { email, password } from "./log-in.ts";

/** A log-in as somebody would do it who knows beforehand what it asks of the table. */
export interface LogInByHand {
  /** What is asked at a time, one after the other. */
  readonly waves: readonly (readonly { readonly operation: string; readonly body: string }[])[];
  /** By bcrypt at cost 4. */
  readonly passwordHash: string;
  readonly jwk: Readonly<Record<string, unknown>>;
}

/** Registers somebody and logs them in, in this process, whose environment names the table. */
export async function recordLogIn(): Promise<LogInByHand> {
  const User = await import("../../packages/core/src/user/index.ts");
  const Session = await import("../../packages/core/src/session/index.ts");
  const { watchers } = await import("../../packages/core/src/store/tries.ts");
  // As in the bundles (cheap-hashes.ts): at cost 4 whatever the label says.
  const { hash, compare } = bcrypt;
  bcrypt.hash = async (text: string, cost) => labelled(await hash(text, 4), Number(cost));
  bcrypt.compare = (text: string, made: string) => compare(text, labelled(made, 4));
  await User.register({ email, password });

  const waves: { operation: string; body: string }[][] = [];
  let underWay = 0;
  const record: Watcher = async ({ operation, input }, send) => {
    if (underWay === 0) waves.push([]);
    waves.at(-1)?.push({ operation, body: JSON.stringify(input) });
    underWay += 1;
    await send();
    underWay -= 1;
  };
  watchers.push(record);
  await Session.open(await User.authenticate(email, password), { sourceIp: "198.51.100.7" });
  watchers.splice(watchers.indexOf(record), 1);

  return { waves, passwordHash: await hash(password, 4), jwk: { ...generateSigningKey("ES256", "current") } };
}

function labelled(hash: string, cost: number): string {
  return hash.replace(/^\$2b\$\d\d/, `$2b$${String(cost).padStart(2, "0")}`);
}
