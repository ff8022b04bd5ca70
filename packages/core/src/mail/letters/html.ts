import type { Block, Button, Wording } from "./wording.ts";

/** Text and background have no colour of their own: the reader's program gives both, light or dark. */
const style = {
  page: "max-width:560px;margin:0 auto;padding:24px 16px;font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5;overflow-wrap:anywhere",
  heading: "margin:0 0 16px;font-size:20px;line-height:1.3;font-weight:600",
  paragraph: "margin:0 0 16px",
  button:
    "display:inline-block;padding:12px 20px;border-radius:6px;background-color:#1d4ed8;color:#ffffff;font-weight:600;text-decoration:none",
  address: "margin:0 0 24px;font-size:13px;word-break:break-all;opacity:0.8",
  code: "margin:0 0 24px;font-family:ui-monospace,Menlo,Consolas,monospace;font-size:28px;line-height:1.2;font-weight:600;letter-spacing:4px",
} as const;

/**
 * The mail as an HTML document with inline styles, since many mail programs drop all others, and with nothing
 * that is fetched. The language stands twice: webmail drops the outer elements.
 */
export function htmlOf(wording: Wording, tag: string): string {
  const subject = escaped(wording.subject);
  const language = escaped(tag);
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no">
<title>${subject}</title>
</head>
<body style="margin:0">
<div lang="${language}" style="${style.page}">
<h1 style="${style.heading}">${subject}</h1>
${wording.body.map(blockAsHtml).join("\n")}
</div>
</body>
</html>
`;
}

function blockAsHtml(block: Block): string {
  if (typeof block === "string") return paragraph(style.paragraph, escaped(block));
  if ("code" in block) return paragraph(style.code, escaped(block.code));
  return button(block);
}

/** The address stands below it once more, for programs that do not open links. */
function button({ label, link }: Button): string {
  const anchor = `<a href="${escaped(link)}" style="${style.button}">${escaped(label)}</a>`;
  return `${paragraph(style.paragraph, anchor)}\n${paragraph(style.address, escaped(link))}`;
}

function paragraph(css: string, html: string): string {
  return `<p style="${css}">${html}</p>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
