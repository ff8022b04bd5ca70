import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import bcrypt from "bcryptjs";
import jsonwebtoken from "jsonwebtoken";
import { folder } from "./folder.mjs";

/** What a server of express or fastify needs of users, kept in SQLite: as short as it is usually written. */
const database = new DatabaseSync(join(folder, "users.sqlite"));
database.exec("CREATE TABLE user (id TEXT PRIMARY KEY, email TEXT UNIQUE NOT NULL, hash TEXT NOT NULL)");
const insert = database.prepare("INSERT INTO user (id, email, hash) VALUES (?, ?, ?)");
const byEmail = database.prepare("SELECT id, email, hash FROM user WHERE email = ?");
const byId = database.prepare("SELECT id, email FROM user WHERE id = ?");

const secret = "a secret of the bench, and of nothing else";
const cost = 10;

export async function register({ email, password }) {
  const id = randomUUID();
  insert.run(id, email, await bcrypt.hash(password, cost));
  return { id, email };
}

/** A token, or undefined where email and password do not belong together. */
export async function logIn({ email, password }) {
  const user = byEmail.get(email);
  if (!user || !(await bcrypt.compare(password, user.hash))) return undefined;
  return jsonwebtoken.sign({ id: user.id }, secret, { algorithm: "HS256", expiresIn: "1d" });
}

/** The user of the value of an `Authorization` header. Throws where its token is none of ours. */
export function userOf(authorization = "") {
  const { id } = jsonwebtoken.verify(authorization.replace(/^Bearer /, ""), secret, {
    algorithms: ["HS256"],
  });
  return byId.get(id);
}
