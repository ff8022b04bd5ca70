import bcrypt from "bcryptjs";
import jsonwebtoken from "jsonwebtoken";
import { answer } from "./answer.mjs";
import { Users } from "./users.mjs";

export async function handler(event) {
  const { email, password } = JSON.parse(event.body);
  const {
    data: [user],
  } = await Users.query.byEmail({ email }).go();
  if (!user || !(await bcrypt.compare(password, user.password))) return answer(401, { auth: false });
  const token = jsonwebtoken.sign({ id: user.id }, process.env.JWT_SECRET, { expiresIn: 86400 });
  return answer(200, { auth: true, status: "SUCCESS", token });
}
