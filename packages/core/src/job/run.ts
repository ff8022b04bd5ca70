import { isOf, sweepUnlessPerson } from "../account/belongings.ts";
import * as Code from "../code/index.ts";
import { config } from "../config.ts";
import * as Mail from "../mail/index.ts";
import * as Session from "../session/index.ts";
import * as Throttle from "../throttle/index.ts";
import { isSameEmail } from "../user/email.ts";
import { readProfile } from "../user/find.ts";
import { refuseMail } from "../user/mail-status.ts";
import { contest, type LoginItem, readLogin } from "../user/person.ts";
import type { Profile } from "../user/profile.ts";
import type { Job, JobKind } from "./job.ts";

type Work = { readonly [Kind in JobKind]: (job: Job<Kind>) => Promise<void> };

/** What each kind of job comes to. Each may be done twice: then it does the same again, or nothing. */
const work: Work = {
  async registered({ id, userId, email }) {
    const owner = await readLogin(email);
    if (owner?.userId === userId) await askToVerify(owner, id);
    else if (owner?.emailVerified) await tellOfTheAccount(owner);
    else if (owner) await handOver(owner, id);
  },

  async verify_email({ id, email }) {
    const owner = await readLogin(email);
    if (owner) await askToVerify(owner, id);
  },

  async reset_password({ id, email }) {
    const owner = await readLogin(email);
    if (owner) await offerReset("reset_password", owner, id);
  },

  async change_email({ id, userId, newEmail }) {
    const person = await readProfile(userId);
    if (person?.status !== "active" || isSameEmail(person.email, newEmail)) return;
    const code = await Code.mint("change_email", person, { email: newEmail, jobId: id });
    if (!code) return;
    const linkSeconds = Code.linkSeconds.change_email;
    // The old address first: whoever reads it must be able to stop what the new one begins.
    const undo = linkTo("undo-email-change", await Code.linkToken(code, "undo"));
    await Mail.send(person, { kind: "email_change_requested", newEmail, link: undo, linkSeconds });
    const owner = await readLogin(newEmail);
    if (owner) return tellOfTheAccount(owner);
    if (!(await Throttle.mayMail("confirm", newEmail))) return;
    await Mail.send(
      { email: newEmail, locale: person.locale },
      {
        kind: "confirm_email",
        link: linkTo("confirm-email", await Code.linkToken(code)),
        code: await Code.typedCode(code),
        linkSeconds,
        codeSeconds: Code.typedSeconds,
      },
    );
  },

  async password_changed({ userId }) {
    const person = await readProfile(userId);
    if (person) await Mail.send(person, { kind: "password_changed", link: linkTo("forgot-password") });
  },

  async email_changed({ userId, oldEmail, newEmail }) {
    const person = await readProfile(userId);
    await Mail.send({ email: oldEmail, locale: person?.locale }, { kind: "email_changed", newEmail });
  },

  account_deleted: ({ email, locale }) => Mail.send({ email, locale }, { kind: "account_deleted" }),

  async tidy({ userId }) {
    const items = await sweepUnlessPerson(userId);
    const person = items.find((item) => isOf("user", item));
    const over = items.filter(
      (item) => isOf("session", item) && Number(item["epoch"]) < Number(person?.["epoch"]),
    );
    await Promise.all(over.map(({ sessionId }) => Session.remove(userId, String(sessionId))));
  },

  async mail_event({ email, verdict, at }) {
    if (verdict === "bounced" || verdict === "complained") await refuseMail(email, verdict, at);
  },
};

/**
 * Does a job. What it throws makes the queue deliver it again, and park it after a few times.
 *
 * @throws AuthError `unavailable`, and whatever the mail's transport throws.
 */
export function runJob<Kind extends JobKind>(job: Job<Kind>): Promise<void> {
  return (work[job.kind] as (job: Job<Kind>) => Promise<void>)(job);
}

async function askToVerify(owner: LoginItem, jobId: string): Promise<void> {
  if (owner.status !== "active" || owner.emailVerified) return;
  if (owner.contested) return offerReset("unfinished_account", owner, jobId);
  const code = await Code.mint("verify_email", owner, { email: owner.email, jobId });
  if (!code) return;
  await Mail.send(owner, {
    kind: "verify_email",
    link: linkTo("verify-email", await Code.linkToken(code)),
    code: await Code.typedCode(code),
    linkSeconds: Code.linkSeconds.verify_email,
    codeSeconds: Code.typedSeconds,
  });
}

async function offerReset(
  kind: "reset_password" | "unfinished_account",
  owner: Profile,
  jobId: string,
): Promise<void> {
  if (owner.status !== "active") return;
  const code = await Code.mint("reset_password", owner, { email: owner.email, jobId });
  if (!code) return;
  const link = linkTo("reset-password", await Code.linkToken(code));
  await Mail.send(owner, { kind, link, linkSeconds: Code.linkSeconds.reset_password });
}

/**
 * To the reader of an address that somebody registered again before it was verified. Who registered first may have been
 * a stranger, whose password must not become good by the reader's own click: from now on no link verifies this address
 * but one that lets the reader choose a password.
 */
async function handOver(owner: LoginItem, jobId: string): Promise<void> {
  if (await contest(owner)) await offerReset("unfinished_account", owner, jobId);
}

/** To the owner of an address that somebody, perhaps themselves, wanted to use for another account. */
async function tellOfTheAccount(owner: Profile): Promise<void> {
  if (owner.status !== "active" || !(await Throttle.mayMail("notice", owner.email))) return;
  await Mail.send(owner, { kind: "account_exists", link: linkTo("forgot-password") });
}

/** A page of the frontend, never of the host that a request named. The token stands where no server sees it. */
function linkTo(page: string, token?: string): string {
  const url = `${config().appUrl}/${page}`;
  return token === undefined ? url : `${url}#token=${token}`;
}
