/** Lines of columns: the first of them flush left, the others flush right. */
export function tableOf(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, column) => Math.max(cell.length, widest[column] ?? 0)),
    [],
  );
  const lines = rows.map(([first = "", ...rest]) => [
    first.padEnd(widths[0] ?? 0),
    ...rest.map((cell, index) => cell.padStart(widths[index + 1] ?? 0)),
  ]);
  return lines.map((cells) => cells.join("  ").trimEnd()).join("\n");
}
