/** Bundled and run once: registers the person who logs in. */
import * as User from "../../packages/core/src/user/index.ts";
import { email, password } from "./log-in.ts";

export async function handler(): Promise<object> {
  await User.register({ email, password });
  return { statusCode: 201 };
}
