import * as Account from "../src/account/index.ts";
import * as User from "../src/user/index.ts";
import { mailedCode } from "./mailed-codes.ts";
import { logIn } from "./session.ts";
import { goodPassword, newEmail } from "./user.ts";

/** One way by which a password comes to be somebody's. */
export interface Way {
  /** Where in the request the password stands. */
  readonly pointer: string;
  /** Whose it would be. */
  readonly email: string;
  /** Works once; what is refused does not count. */
  set(password: string): Promise<void>;
}

export const ownerName = "Wilhelmina Ashdown";

/** Every way there is, each for an owner of its own. */
export const ways: Readonly<Record<string, () => Way | Promise<Way>>> = {
  "at registration": registering,
  "at a change": changing,
  "at a reset": resetting,
};

function registering(): Way {
  const email = newEmail("wilhelmina");
  const set = async (password: string) => {
    await User.register({ email, password, name: ownerName });
  };
  return { pointer: "/password", email, set };
}

async function changing(): Promise<Way> {
  const { email } = await newOwner();
  const actor = await logIn(await User.authenticate(email, goodPassword));
  const set = async (newPassword: string) => {
    await Account.changePassword(actor, { currentPassword: goodPassword, newPassword });
  };
  return { pointer: "/newPassword", email, set };
}

async function resetting(): Promise<Way> {
  const owner = await newOwner();
  const { token } = await mailedCode("reset_password", owner);
  const set = (password: string) => Account.resetPassword(token, password);
  return { pointer: "/password", email: owner.email, set };
}

function newOwner() {
  return User.register({ email: newEmail("wilhelmina"), password: goodPassword, name: ownerName });
}
