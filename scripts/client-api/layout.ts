/** A comment of TSDoc: in one line where it fits. */
export function comment(text: string, indent = ""): string[] {
  if (text === "") return [];
  const short = `${indent}/** ${text} */`;
  if (short.length <= 110) return [short];
  return [`${indent}/**`, ...fill(wordsOf(text), `${indent} * `), `${indent} */`];
}

/** What stands between backticks is one word. */
export function wordsOf(text: string): string[] {
  return text.match(/(?:`[^`]*`|\S)+/g) ?? [];
}

/** Words in lines of the usual length. */
export function fill(words: readonly string[], indent: string, width = 110): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`${indent}${word}`);
  }
  return lines;
}

/** A union of texts, in one line after `before` where it fits. */
export function union(before: string, codes: readonly string[], after = ";"): string[] {
  const indent = /^ */.exec(before)?.[0] ?? "";
  const members = codes.map((code) => JSON.stringify(code));
  const short = `${before} ${members.join(" | ")}${after}`;
  if (short.length <= 110) return [short];
  const lines = fill(
    members.map((member) => `| ${member}`),
    `${indent}  `,
  );
  return [before, ...lines.slice(0, -1), `${lines.at(-1)}${after}`];
}
