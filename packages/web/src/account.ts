import type { User } from "@gatehouse/client";
import { createContext } from "preact";
import { useContext } from "preact/hooks";

export interface Account {
  readonly user: User;
  readonly setUser: (user: User) => void;
}

export const AccountContext = createContext<Account | undefined>(undefined);

/** Whose account the page is about. */
export function useAccount(): Account {
  const account = useContext(AccountContext);
  if (!account) throw new Error("This page stands outside of an AccountFrame");
  return account;
}
