import express from "express";
import { serve } from "./serve.mjs";
import { logIn, register, userOf } from "./users.mjs";

const app = express();
app.use(express.json());

app.post("/register", async (request, response) => {
  response.status(201).json(await register(request.body));
});

app.post("/login", async (request, response) => {
  const token = await logIn(request.body);
  if (token) response.json({ auth: true, token });
  else response.status(401).json({ auth: false });
});

function verifyToken(request, response, next) {
  try {
    response.locals.user = userOf(request.headers.authorization);
  } catch {
    response.status(401).json({ auth: false });
    return;
  }
  next();
}

app.get("/me", verifyToken, (_request, response) => {
  response.json(response.locals.user);
});

const server = app.listen(0, "127.0.0.1", () => {
  serve({ port: server.address().port, stop: () => server.closeAllConnections() });
});
