import bcryptjs from "bcryptjs";
import { config } from "../config.ts";
import type { Scheme } from "./scheme.ts";

const hashPattern = /^\$2b\$(\d\d)\$[./A-Za-z0-9]{53}$/;

/** bcrypt at the cost of `PASSWORD_COST`, with a salt of 16 bytes; its own text carries version, cost and salt. */
export const bcrypt: Scheme = {
  hash: (peppered) => bcryptjs.hash(peppered, config().passwordCost),
  matches: (peppered, hash) => bcryptjs.compare(peppered, hash),
  isHash: (text) => hashPattern.test(text),
  isOutdated: (hash) => Number(hashPattern.exec(hash)?.[1]) !== config().passwordCost,
  nobodys: () => `$2b$${String(config().passwordCost).padStart(2, "0")}$${".".repeat(53)}`,
};
