import { randomUUID } from "node:crypto";
import bcrypt from "bcryptjs";
import { answer } from "./answer.mjs";
import { Users } from "./users.mjs";

/** The tutorial's is 8: hashes are equal here. */
const cost = 10;

export async function handler(event) {
  const { email, password } = JSON.parse(event.body);
  const { data } = await Users.create({
    id: randomUUID(),
    email,
    password: await bcrypt.hash(password, cost),
  }).go();
  return answer(201, { id: data.id, email });
}
