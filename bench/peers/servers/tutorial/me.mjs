import { answer } from "./answer.mjs";
import { Users } from "./users.mjs";

export async function handler(event) {
  const { data } = await Users.get({ id: event.requestContext.authorizer.lambda.id }).go();
  if (!data) return answer(404, {});
  const { password: _, ...user } = data;
  return answer(200, user);
}
