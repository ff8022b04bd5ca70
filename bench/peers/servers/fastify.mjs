import fastify from "fastify";
import { serve } from "./serve.mjs";
import { logIn, register, userOf } from "./users.mjs";

const app = fastify();
const text = { type: "string" };
const credentials = {
  type: "object",
  required: ["email", "password"],
  properties: { email: text, password: text },
};
const user = { type: "object", properties: { id: text, email: text } };

app.post("/register", { schema: { body: credentials, response: { 201: user } } }, async ({ body }, reply) =>
  reply.code(201).send(await register(body)),
);

app.post("/login", { schema: { body: credentials } }, async ({ body }, reply) => {
  const token = await logIn(body);
  return token ? { auth: true, token } : reply.code(401).send({ auth: false });
});

app.decorateRequest("user", null);

async function verifyToken(request, reply) {
  try {
    request.user = userOf(request.headers.authorization);
  } catch {
    return reply.code(401).send({ auth: false });
  }
}

app.get(
  "/me",
  { preHandler: verifyToken, schema: { response: { 200: user } } },
  async (request) => request.user,
);

await app.listen({ port: 0, host: "127.0.0.1" });
serve({ port: app.server.address().port, stop: () => app.server.closeAllConnections() });
