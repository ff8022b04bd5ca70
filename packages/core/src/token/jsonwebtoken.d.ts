/** Its halves one by one: what verifies needs nothing of what signs, and the authorizer waits for all that it loads. */
declare module "jsonwebtoken/sign.js" {
  import type jwt from "jsonwebtoken";

  const sign: typeof jwt.sign;
  export default sign;
}

declare module "jsonwebtoken/verify.js" {
  import type jwt from "jsonwebtoken";

  const verify: typeof jwt.verify;
  export default verify;
}
