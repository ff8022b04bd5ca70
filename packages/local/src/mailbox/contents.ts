/** The http(s) URLs of a text, in their order. What ends a sentence after one is not part of it. */
export function linksOf(text: string): string[] {
  const found = text.match(/https?:\/\/[^\s<>"'\p{Cc}]+/gu) ?? [];
  const links = found.map((link) => link.replace(/[.,;:!?)\]]+$/, "")).filter((link) => URL.canParse(link));
  return [...new Set(links)];
}

/** Six digits that stand alone on a line. */
export function codeOf(text: string): string | undefined {
  return /^[ \t]*(\d{6})[ \t]*$/m.exec(text.replaceAll("\r", ""))?.[1];
}
