// What a debugger is attached to: a gateway in front of one handler in a container.
import { startGateway } from "../../gateway/index.ts";
import { createFunction } from "../index.ts";

const greet = createFunction({
  module: new URL("../../../test/handlers/greet.ts", import.meta.url),
  timeoutSeconds: 1,
});
const gateway = await startGateway({ routes: [{ routeKey: "POST /greet", target: greet.invoke }] });
process.stdout.write(`${gateway.url}\n`);
