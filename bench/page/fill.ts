import { markdown } from "../support/markdown.ts";
import type { Figure } from "../support/report.ts";
import { aimOf, type Results } from "../support/results.ts";

const marked = /(<!-- of ([\w-]+) -->\n)[\s\S]*?(<!-- end -->)/g;

/** A page with the figures of each bench between `<!-- of cold-start -->` and `<!-- end -->`; without any it stays as it is. */
export function filled(page: string, resultsOf: (bench: string) => Results | undefined): string {
  return page.replace(marked, (whole, begin: string, bench: string, end: string) => {
    const results = resultsOf(bench);
    return results ? `${begin}${textOf(results)}\n${end}` : whole;
  });
}

function textOf({ how, machine, figures }: Results): string {
  const rows = figures.map((figure) => [
    figure.name,
    `${figure.value} ${figure.unit}`,
    comparison(figure),
    aim(figure),
  ]);
  return `${how}; ${machine}.\n\n${markdown(["", "", "", "wanted"], rows)}`;
}

function comparison({ of, ratio }: Figure): string {
  return ratio === undefined ? "" : `${ratio} of ${of}`;
}

function aim(figure: Figure): string {
  const { isReached, limit, isMost } = aimOf(figure) ?? {};
  if (limit === undefined) return "";
  return `${isMost ? "at most" : "at least"} ${limit}${isReached ? "" : ", **not reached**"}`;
}
