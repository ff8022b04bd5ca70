/** The tutorial's functions on our gateway, in our worker threads, with our embedded DynamoDB below them. */
import { join } from "node:path";
import { databaseClient, localAccount } from "../../../packages/local/src/database/client.ts";
import { startDatabase } from "../../../packages/local/src/database/start-database.ts";
import { createTable } from "../../../packages/local/src/database/table.ts";
import { createFunction, startGateway } from "../../../packages/local/src/index.ts";
import { folder } from "./folder.mjs";
import { serve } from "./serve.mjs";

/** What `npm start` has too. */
const authorizerCacheSeconds = 60;

const database = await startDatabase({ file: join(folder, "database.sqlite") });
const environment = {
  ...localAccount,
  DYNAMODB_ENDPOINT: database.endpoint,
  TABLE_NAME: "users",
  JWT_SECRET: "a secret of the bench, and of nothing else",
};
const client = databaseClient(database.endpoint);
await createTable(client, environment.TABLE_NAME);
client.destroy();

const invokeOf = (name) =>
  createFunction({
    module: new URL(`./tutorial/${name}.mjs`, import.meta.url),
    environment,
    timeoutSeconds: 10,
  }).invoke;
const authorizer = {
  invoke: invokeOf("verify-token"),
  cacheSeconds: authorizerCacheSeconds,
  identitySources: ["$request.header.Authorization"],
  payloadFormatVersion: "2.0",
};
const { port } = await startGateway({
  routes: [
    { routeKey: "POST /register", target: invokeOf("register") },
    { routeKey: "POST /login", target: invokeOf("login") },
    { routeKey: "GET /me", target: invokeOf("me"), authorizer },
  ],
});
serve({ port, processes: [database.pid], stop: () => database.stop() });
