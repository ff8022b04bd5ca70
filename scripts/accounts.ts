/** `npm run accounts`: shuts somebody out of this laptop's or a stage's accounts, lets them in again, or their mails out. */
import { toAuthError } from "@gatehouse/core/error";
import { type Action, runCommand, whereUsage } from "./command.ts";

const usage = `Usage: npm run accounts -- <command> [options]

  disable <email>      ends every session of an account and refuses its log-ins
  enable <email>       lets it log in again
  mail <email>         lets mails go out again to an address that refused one

${whereUsage}`;

await runCommand(usage, choose);

function choose([command, email, ...more]: readonly string[]): Action | undefined {
  if (email === undefined || more.length > 0) return undefined;
  switch (command) {
    case "disable":
      return () => setStatus(email, "disabled");
    case "enable":
      return () => setStatus(email, "active");
    case "mail":
      return () => resumeMail(email);
    default:
      return undefined;
  }
}

async function setStatus(email: string, status: "active" | "disabled"): Promise<number> {
  const User = await import("@gatehouse/core/user");
  return tell(email, User.setStatus(email, status), `The account of ${email} is ${status}`);
}

async function resumeMail(email: string): Promise<number> {
  const User = await import("@gatehouse/core/user");
  const bySes = `aws sesv2 delete-suppressed-destination --email-address ${email}`;
  const told = `Mails go out to ${email} again, once SES does not suppress it either: ${bySes}`;
  return tell(email, User.resumeMail(email), told);
}

async function tell(email: string, doing: Promise<void>, told: string): Promise<number> {
  try {
    await doing;
  } catch (error) {
    if (toAuthError(error).code !== "not_found") throw error;
    console.error(`No account has the email ${email}`);
    return 1;
  }
  console.log(told);
  return 0;
}
