import { type Html, html } from "./html.ts";

/** What every page has, and the styles and scripts of this one. Scripts are modules: they run when the page is read. */
export function layout(title: string, files: readonly string[], content: Html): Html {
  const link = (name: string) => {
    const path = `/_local/assets/${name}`;
    return name.endsWith(".css")
      ? html`<link rel="stylesheet" href="${path}">\n`
      : html`<script type="module" src="${path}"></script>\n`;
  };
  return html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
${["style.css", ...files].map(link)}</head>
<body>
${content}
</body>
</html>`;
}

/** A button that copies a text; nothing of it is shown where no script runs. */
export function copyButton(text: string, what: string): Html {
  return html`<button type="button" class="copy" data-copy="${text}" aria-label="Copy ${what}" hidden>Copy</button>`;
}
