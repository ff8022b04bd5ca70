import { newId } from "../../core/src/id.ts";
import * as Session from "../../core/src/session/index.ts";
import { readProfile } from "../../core/src/user/find.ts";
import * as User from "../../core/src/user/index.ts";
import { itemsOf, putItem, type StoredItem } from "../../core/test/items.ts";
import { contextOf, newEmail, type Person, password } from "./people.ts";

/** Somebody as stored. Everybody of the crowd is a copy with an id and an email of their own: it is hashed once. */
interface Model {
  readonly id: string;
  readonly email: string;
  readonly items: string;
}

let model: Promise<Model> | undefined;

async function registerModel(): Promise<Model> {
  const { id, email } = await User.register({ email: newEmail(), password });
  return { id, email, items: JSON.stringify(await itemsOf(id)) };
}

/** Somebody new with an account and a session, as `newPerson`, for a test that needs dozens of them. */
export async function oneOfMany(sourceIp = "192.0.2.1"): Promise<Person> {
  model ??= registerModel();
  const like = await model;
  const [id, email] = [newId(), newEmail()];
  const items = like.items.replaceAll(like.id, id).replaceAll(like.email, email);
  for (const item of JSON.parse(items) as StoredItem[]) await putItem(item);
  const profile = await readProfile(id);
  if (!profile) throw new Error("nobody came of the copy");
  const { user, token, refreshToken } = await Session.open(profile, { sourceIp });
  return { user, email, token, refreshToken, context: await contextOf(token) };
}
