/**
 * Puts a hash of a microsecond in the place of bcrypt's: what a password costs is no matter of partitions. Has to be
 * imported before core is.
 */
import { registerHooks } from "node:module";

const source = `
  import { createHash } from "node:crypto";
  const digest = (text) => createHash("sha384").update(text).digest("hex").slice(0, 53);
  const hash = async (text, cost) => "$2b$" + String(cost).padStart(2, "0") + "$" + digest(text);
  const compare = async (text, hash) => digest(text) === hash.slice(7);
  export default { hash, compare };
`;

registerHooks({
  load(url, context, next) {
    if (!/\/bcryptjs\//.test(url)) return next(url, context);
    return { format: "module", source, shortCircuit: true };
  },
});
