import { generateSecrets } from "@gatehouse/core/generate-secrets";
import { expect, it } from "vitest";
import { retirePepper, rotatePepper } from "./pepper-commands.ts";
import { memory } from "./test/memory-store.ts";

it("a rotation puts a new pepper before the others, and touches nothing else", async () => {
  const store = memory(generateSecrets());
  const { PASSWORD_PEPPER: first, ...others } = store.secrets;
  const lines = await rotatePepper(store);
  expect(lines).toEqual([
    "made a new pepper at memory",
    expect.stringMatching(/^pepper {4}[0-9a-f]{8} {2}makes hashes$/),
    expect.stringMatching(/^pepper {4}[0-9a-f]{8} {2}verifies$/),
  ]);
  await rotatePepper(store);
  const { PASSWORD_PEPPER = "", ...rest } = store.secrets;
  const peppers = PASSWORD_PEPPER.split(",");
  expect(peppers).toHaveLength(3);
  expect(new Set(peppers).size).toBe(3);
  expect(peppers[2]).toBe(first);
  expect(rest).toEqual(others);
  expect(lines.join()).not.toContain(first);
});

it("the oldest is retired, where that is meant", async () => {
  const store = memory(generateSecrets());
  await rotatePepper(store);
  const both = store.secrets.PASSWORD_PEPPER ?? "";
  await expect(retirePepper(store)).rejects.toThrow(/would have to reset their password.*--force/);
  expect(store.secrets.PASSWORD_PEPPER).toBe(both);
  await retirePepper(store, { force: true });
  expect(store.secrets.PASSWORD_PEPPER).toBe(both.split(",")[0]);
});

it("the only pepper is never retired: every password hangs on it", async () => {
  const store = memory(generateSecrets());
  await expect(retirePepper(store, { force: true })).rejects.toThrow("There is one pepper at memory");
  expect(store.history).toEqual([]);
});

it.each([rotatePepper, retirePepper])("a place without secrets is not touched", async (command) => {
  const store = memory();
  await expect(command(store)).rejects.toThrow("There is no pepper at memory: is that the place you mean?");
  expect(store.history).toEqual([]);
});

it.each([rotatePepper, retirePepper])("a pepper that is damaged is not touched", async (command) => {
  const store = memory({ ...generateSecrets(), PASSWORD_PEPPER: "short" });
  await expect(command(store)).rejects.toThrow(
    "PASSWORD_PEPPER: should be at least 32 random bytes in base64url",
  );
  expect(store.history).toEqual([]);
});
