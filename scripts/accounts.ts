/** `npm run accounts`: shuts somebody out of this laptop's or a stage's accounts, and lets them in again. */
import { toAuthError } from "@gatehouse/core/error";
import { type Action, runCommand, whereUsage } from "./command.ts";

const usage = `Usage: npm run accounts -- <command> [options]

  disable <email>      ends every session of an account and refuses its log-ins
  enable <email>       lets it log in again

${whereUsage}`;

await runCommand(usage, choose);

function choose([command, email, ...more]: readonly string[]): Action | undefined {
  if (email === undefined || more.length > 0) return undefined;
  switch (command) {
    case "disable":
      return () => setStatus(email, "disabled");
    case "enable":
      return () => setStatus(email, "active");
    default:
      return undefined;
  }
}

async function setStatus(email: string, status: "active" | "disabled"): Promise<number> {
  const { User } = await import("@gatehouse/core/user");
  try {
    await User.setStatus(email, status);
  } catch (error) {
    if (toAuthError(error).code !== "not_found") throw error;
    console.error(`No account has the email ${email}`);
    return 1;
  }
  console.log(`The account of ${email} is ${status}`);
  return 0;
}
