import { duration } from "./duration.ts";
import type { Language } from "./wording.ts";

const tag = "en";
const lasting = (seconds: number) => duration(seconds, tag);

export const en: Language = {
  tag,
  letters: {
    verify_email: ({ link, code, linkSeconds, codeSeconds }, app) => ({
      subject: `Verify your email address for ${app}`,
      body: [
        `This email address was given for an account with ${app}. If the account is yours, please verify the address here:`,
        { label: "Verify email address", link },
        "Or enter this code where you are asked for it:",
        { code },
        `The link is good for ${lasting(linkSeconds)}, the code for ${lasting(codeSeconds)}. When you ask for a new mail, both stop working.`,
        "If it was not you, ignore this mail: the address stays unverified. Do not pass the link or the code on to anyone.",
      ],
    }),
    account_exists: ({ link }, app) => ({
      subject: `You already have an account with ${app}`,
      body: [
        `Somebody, perhaps you, tried to use this email address for another account with ${app}. The address already has an account, so nothing was changed.`,
        "If it was you, log in as usual. If you no longer know your password, you can reset it here:",
        { label: "Reset password", link },
        "If it was not you, ignore this mail; nothing changes.",
      ],
    }),
    reset_password: ({ link, linkSeconds }, app) => ({
      subject: `Reset your password for ${app}`,
      body: [
        `Somebody, probably you, asked to reset the password of your account with ${app}. You can choose a new one here:`,
        { label: "Choose a new password", link },
        `The link is good for ${lasting(linkSeconds)} and works once. When you ask for a new mail, it stops working. A new password logs you out on all devices.`,
        "If it was not you, ignore this mail: your password stays as it is. Do not pass the link on to anyone.",
      ],
    }),
    unfinished_account: ({ link, linkSeconds }, app) => ({
      subject: `Finish your registration for ${app}`,
      body: [
        `Somebody, perhaps you, registered with this email address for ${app}. There has been an account with it since an earlier registration, and its address was never verified.`,
        "If the account is to be yours, choose its password here:",
        { label: "Choose a password", link },
        `The link is good for ${lasting(linkSeconds)} and works once. With it the address counts as verified, and whoever registered before can no longer log in. Earlier links to verify the address no longer work.`,
        "If it was not you, ignore this mail: the address stays unverified. Do not pass the link on to anyone.",
      ],
    }),
    confirm_email: ({ link, code, linkSeconds, codeSeconds }, app) => ({
      subject: `Confirm your new email address for ${app}`,
      body: [
        `Somebody, probably you, asked to make this the email address of an account with ${app}. Please confirm it here, logged in to that account:`,
        { label: "Confirm new address", link },
        "Or enter this code where you are asked for it:",
        { code },
        `The link is good for ${lasting(linkSeconds)}, the code for ${lasting(codeSeconds)}. When you ask for the change again, both stop working. Until you confirm, the old address stays in use.`,
        "If it was not you, ignore this mail; nothing changes. Do not pass the link or the code on to anyone.",
      ],
    }),
    email_change_requested: ({ newEmail, link, linkSeconds }, app) => ({
      subject: `Request to change your email address for ${app}`,
      body: [
        `Somebody, probably you, asked to change the email address of your account with ${app} to ${newEmail}. Until the new address is confirmed, this one stays in use; if it was you, there is nothing to do here.`,
        "If it was not you, stop the change here:",
        { label: "Stop the change", link },
        `The link is good for ${lasting(linkSeconds)}, or until the change is asked for again, when you get a new one. Whoever asked knew your password: reset it afterwards, and change it wherever else you use it.`,
      ],
    }),
    email_changed: ({ newEmail }, app) => ({
      subject: `Your email address for ${app} was changed`,
      body: [
        `The email address of your account with ${app} was changed to ${newEmail}, and this address can no longer be used to log in. If it was you, there is nothing to do.`,
        `If it was not you, somebody else has your account and knew its password. Contact ${app} at once, give both addresses, and keep this mail. Change the password wherever else you use it, in this mailbox first.`,
      ],
    }),
    password_changed: ({ link }, app) => ({
      subject: `Your password for ${app} was changed`,
      body: [
        `The password of your account with ${app} was changed, and your other devices were logged out. If it was you, there is nothing to do.`,
        "If it was not you, reset the password at once:",
        { label: "Reset password", link },
        "That logs out everybody who is in your account now. If you use the old password elsewhere, change it there too, in this mailbox first.",
      ],
    }),
    account_deleted: (_, app) => ({
      subject: `Your account with ${app} was deleted`,
      body: [
        `Your account with ${app} was deleted, with everything stored in it. This cannot be undone. You are free to register with this address again.`,
        "If it was not you, somebody else knew your password: change it wherever else you use it, in this mailbox first.",
      ],
    }),
  },
};
