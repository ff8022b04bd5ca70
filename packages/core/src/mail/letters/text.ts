import type { Block, Wording } from "./wording.ts";

/** The mail as plain text: the link and the code each alone on a line, where programs find them. */
export function textOf(wording: Wording): string {
  return `${wording.body.map(blockAsText).join("\n\n")}\n`;
}

function blockAsText(block: Block): string {
  if (typeof block === "string") return block;
  return "link" in block ? block.link : block.code;
}
