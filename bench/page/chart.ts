import type { Figure } from "../support/report.ts";
import { aimOf } from "../support/results.ts";

const [rowHeight, barHeight, labelWidth, barWidth, top] = [30, 14, 530, 320, 46];

/** The longest bar there is room for, in times of what is wanted. */
const longest = 2;

const style = `
  text { font: 13px system-ui, sans-serif; fill: #1f2328; }
  .reached { fill: #0969da; } .missed { fill: #bc4c00; } .limit { stroke: #1f2328; stroke-width: 1.5; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; } .limit { stroke: #e6edf3; } .reached { fill: #4493f8; } .missed { fill: #db6d28; }
  }`;

/**
 * Every figure of which something is wanted, as a bar in times of that: what ends left of the line is reached. Of what is to
 * be large, the bar is its reciprocal, so that shorter is better everywhere.
 */
export function chart(figures: readonly Figure[]): string {
  const rows = figures.flatMap((figure) => {
    const aim = aimOf(figure);
    return aim ? [{ figure, aim }] : [];
  });
  const line = labelWidth + barWidth / longest;
  const bars = rows.map(({ figure, aim: { measured, limit, isMost, isReached } }, row) => {
    const share = isMost ? measured / limit : limit / measured;
    const y = top + row * rowHeight;
    const width = Math.round(barWidth * Math.min(share, longest)) / longest;
    const { name, of } = figure;
    const label = escaped(of === undefined ? name : `${name} : ${of}`);
    const said = `${measured}${figure.ratio === undefined ? ` ${figure.unit}` : ""} (${isMost ? "≤" : "≥"} ${limit})`;
    return [
      `<text x="${labelWidth - 10}" y="${y + 12}" text-anchor="end">${label}</text>`,
      `<rect class="${isReached ? "reached" : "missed"}" x="${labelWidth}" y="${y}" width="${width}" height="${barHeight}" rx="2"/>`,
      `<text x="${Math.max(labelWidth + width, line) + 8}" y="${y + 12}">${escaped(said)}</text>`,
    ].join("\n");
  });
  const [width, height] = [labelWidth + barWidth + 170, top + rows.length * rowHeight + 10];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="What was measured, in times of what is wanted">`,
    `<style>${style}\n</style>`,
    `<text x="${line}" y="22" text-anchor="middle">what is wanted</text>`,
    ...bars,
    `<line class="limit" x1="${line}" y1="30" x2="${line}" y2="${height - 6}"/>`,
    "</svg>\n",
  ].join("\n");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
