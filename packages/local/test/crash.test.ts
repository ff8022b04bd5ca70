import { expect, onTestFinished, test } from "vitest";
import { startGatehouse } from "../src/app.ts";
import { temporaryDirectory } from "./support/temporary-directory.ts";

const password = "correct horse battery";
const writers = 4;
const kills = 3;

test("users whose registration was acknowledged can log in after the database was killed", async () => {
  const house = await startGatehouse({
    port: 0,
    host: "127.0.0.1",
    dataDirectory: await temporaryDirectory(),
    logs: { write: () => true },
  });
  onTestFinished(() => house.stop());
  const post = (path: string, email: string) =>
    fetch(`${house.url}${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ email, password }),
    });

  const acknowledged: string[] = [];
  const statuses = new Set<number>();
  let killed = 0;
  const register = async (writer: number) => {
    for (let user = 0; killed < kills || user < 6; user += 1) {
      const email = `user-${writer}-${user}@example.com`;
      const { status } = await post("/register", email);
      statuses.add(status);
      if (status === 201) acknowledged.push(email);
      // The database goes down while the other writers are in the midst of theirs.
      if (status === 201 && acknowledged.length % 5 === 0 && killed < kills) {
        killed += 1;
        process.kill(house.database.pid ?? 0, "SIGKILL");
      }
    }
  };
  await Promise.all(Array.from({ length: writers }, (_, writer) => register(writer)));

  expect(acknowledged.length).toBeGreaterThanOrEqual(kills * 5);
  // Meanwhile a client meets a created account or "try again", or its own account when its answer was lost.
  expect([...statuses].filter((status) => ![201, 409, 503].includes(status))).toEqual([]);
  const logins = await Promise.all(acknowledged.map(async (email) => (await post("/login", email)).status));
  expect(logins.filter((status) => status !== 200)).toEqual([]);
}, 120_000);
