import { handlerFile } from "@gatehouse/contract";
import type { Handler } from "./call.ts";

/** The handler of a route of the contract, by its name, or the authorizer. */
export async function handlerOf(name: string): Promise<Handler> {
  const { pathname } = new URL(`../src/${handlerFile(name)}.ts`, import.meta.url);
  return (await import(pathname)).handler;
}
