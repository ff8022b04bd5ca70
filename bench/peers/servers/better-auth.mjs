import { createServer } from "node:http";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import bcrypt from "bcryptjs";
import { betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import { toNodeHandler } from "better-auth/node";
import { folder } from "./folder.mjs";
import { serve } from "./serve.mjs";

const cost = 10;

/** As it comes, with a session in the database that each request reads, but with the hash that all the others have. */
const options = {
  baseURL: "http://127.0.0.1",
  secret: "a secret of the bench, and of nothing else",
  database: new DatabaseSync(join(folder, "better-auth.sqlite")),
  emailAndPassword: {
    enabled: true,
    password: {
      hash: (password) => bcrypt.hash(password, cost),
      verify: ({ password, hash }) => bcrypt.compare(password, hash),
    },
  },
  session: { cookieCache: { enabled: false } },
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  logger: { disabled: true },
};
await (await getMigrations(options)).runMigrations();

const server = createServer(toNodeHandler(betterAuth(options)));
server.listen(0, "127.0.0.1", () => {
  serve({ port: server.address().port, stop: () => server.closeAllConnections() });
});
