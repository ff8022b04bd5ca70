import type { Mail } from "../mailbox/index.ts";
import { type Html, html } from "./html.ts";
import { copyButton, layout } from "./layout.ts";

interface ListOptions {
  /** Where this is served. */
  readonly base: string;
  /** Whose mails are listed; everybody's where it is undefined. */
  readonly to: string | undefined;
}

export function listPage(mails: readonly Mail[], { base, to }: ListOptions): Html {
  const content = html`${header()}
<main>
<div id="list" data-live>${mails.length > 0 ? list(mails) : empty(base, to)}</div>
</main>`;
  return layout(`${mails.length} ${mails.length === 1 ? "mail" : "mails"}`, ["mail.css", "mail.js"], content);
}

export function mailPage(mails: readonly Mail[], mail: Mail): Html {
  const content = html`${header()}
<main>
<div id="list" class="short" data-live tabindex="0" role="region" aria-label="All mails">${list(mails, mail)}</div>
<article>
<h2>${mail.subject}</h2>
<dl>
<dt>To</dt><dd>${mail.to}</dd>
<dt>From</dt><dd>${mail.from}</dd>
<dt>Sent</dt><dd>${timeOf(mail)}</dd>
${mail.code && html`<dt>Code</dt><dd><code class="code">${mail.code}</code> ${copyButton(mail.code, "the code")}</dd>\n`}${linksOf(mail)}</dl>
<div class="parts">
${mail.html && html`<section aria-label="HTML"><h3>HTML</h3><iframe title="The mail as HTML" sandbox="allow-popups allow-popups-to-escape-sandbox" src="/_local/mail/${mail.id}/body"></iframe></section>\n`}${mail.text && html`<section aria-label="Text"><h3>Text</h3><pre tabindex="0">${mail.text}</pre></section>\n`}</div>
</article>
</main>`;
  return layout(mail.subject, ["mail.css", "mail.js", "copy.js"], content);
}

function header(): Html {
  return html`<header>
<h1><a href="/_local/mail">Mailbox</a></h1>
<p id="news" role="status"></p>
<button type="button" id="clear" hidden>Delete all</button>
</header>`;
}

function list(mails: readonly Mail[], current?: Mail): Html {
  const row = (mail: Mail) =>
    html`<li><a href="/_local/mail/${mail.id}"${
      mail === current && html` aria-current="page"`
    }>${timeOf(mail)} <span class="to">${mail.to}</span> <span class="subject">${mail.subject}</span></a></li>\n`;
  return html`<ol class="mails">\n${mails.map(row)}</ol>`;
}

function empty(base: string, to: string | undefined): Html {
  const body = `{"email":"test@example.com"}`;
  const command = `curl -H "Content-Type: application/json" -X POST -d '${body}' ${base}/password/forgot`;
  return html`<div class="empty">
<h2>${to === undefined ? "No mail yet" : `No mail to ${to} yet`}</h2>
<p>Every mail that Gatehouse sends on this machine lands here and nowhere else. Ask for one, with the email of an account that you have registered:</p>
<pre tabindex="0">${command}</pre>
<p>This page shows new mails by itself.</p>
</div>`;
}

function linksOf({ links }: Mail): readonly Html[] {
  const row = (link: string) =>
    html`<dt>Link</dt><dd><a href="${link}" target="_blank" rel="noopener">${link}</a> ${copyButton(link, "the link")}</dd>\n`;
  return links.map(row);
}

const clock = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium" });

/** On this machine's clock and in its time zone, which are those of whoever reads it. */
function timeOf({ sentAt }: Mail): Html {
  return html`<time datetime="${sentAt}">${clock.format(new Date(sentAt))}</time>`;
}
