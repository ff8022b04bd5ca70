/** A table of Markdown whose first column is flush left. */
export function markdown(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  align: "left" | "right" = "right",
): string {
  const rule = head.map((_, column) => (column === 0 || align === "left" ? "---" : "--:"));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
