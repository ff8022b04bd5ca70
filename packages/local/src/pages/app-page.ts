import { type Html, html } from "./html.ts";
import { layout } from "./layout.ts";
import { page, type Reply } from "./reply.ts";

interface AppPage {
  readonly title: string;
  readonly lead: string;
  readonly button: string;
  /** Where the form goes: a route of the API. */
  readonly path: string;
  /** What the answer means, in words. */
  readonly done: string;
  readonly field?: "password" | "accessToken" | "email";
}

const appPages: Readonly<Record<string, AppPage>> = {
  "verify-email": {
    title: "Verify your email",
    lead: "Your frontend would tell the API here that the mail has reached its reader.",
    button: "Verify the email",
    path: "/email/verify",
    done: "The email is verified.",
  },
  "reset-password": {
    title: "Choose a new password",
    lead: "Your frontend would ask for the new password here. Every session of the account ends with it.",
    button: "Set the password",
    path: "/password/reset",
    done: "The password is set, and every session has ended. Log in with the new one.",
    field: "password",
  },
  "forgot-password": {
    title: "Forgot your password?",
    lead: "Your frontend would ask here for the email of the account.",
    button: "Send me a link",
    path: "/password/forgot",
    done: "If this email has an account, a mail with a link is on its way.",
    field: "email",
  },
  "confirm-email": {
    title: "Confirm your new email",
    lead: "Your frontend would confirm here that the new address is yours.",
    button: "Confirm the new email",
    path: "/me/email/confirm",
    done: "The account has the new email now.",
    field: "accessToken",
  },
  "undo-email-change": {
    title: "Keep your old email",
    lead: "Your frontend would call the change of email off here.",
    button: "Keep the old email",
    path: "/email/undo",
    done: "The change is called off: the old email stays.",
  },
};

const fields: Readonly<Record<NonNullable<AppPage["field"]>, Html>> = {
  password: html`<label for="password">New password</label>
<input id="password" type="password" autocomplete="new-password" required>
`,
  email: html`<label for="email">Email</label>
<input id="email" type="email" autocomplete="username" required>
`,
  accessToken: html`<label for="access-token">Access token</label>
<input id="access-token" type="text" autocomplete="off" spellcheck="false" required aria-describedby="access-token-why">
<p id="access-token-why">The link alone confirms nothing: whoever asked for the change must be logged in. Paste the <code>token</code> that <code>POST /login</code> answered.</p>
`,
};

/**
 * A stand-in for the frontend's page that a link in a mail leads to. It sends nothing before the button is pressed:
 * scanners follow the links in mails, and run scripts.
 */
export function appPage(name: string, base: string): Reply | undefined {
  const found = Object.hasOwn(appPages, name) ? appPages[name] : undefined;
  return found && page(layout(found.title, ["app.css", "app.js", "copy.js"], content(found, base)));
}

function content({ title, lead, button, path, done, field }: AppPage, base: string): Html {
  return html`<main class="app">
<h1>${title}</h1>
<p>${lead}</p>
<noscript><p>This page needs JavaScript: the token stands behind the # of the link, and no server sees it.</p></noscript>
<form id="form" data-url="${base}${path}" data-done="${done}" hidden>
${field && fields[field]}<button>${button}</button>
</form>
<p id="answer" role="status"></p>
<ul id="fields" hidden></ul>
<section id="command" aria-label="The same with curl" hidden>
<h2>The same with curl</h2>
<pre tabindex="0"></pre>
<button type="button" class="copy" data-copy="" aria-label="Copy the command" hidden>Copy</button>
</section>
<footer><p>This page stands in for one of your frontend. <code>APP_URL</code> leads the links in mails to your own. <a href="/_local/mail">Mailbox</a></p></footer>
</main>`;
}
