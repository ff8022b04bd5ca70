const forbidden: Readonly<Record<string, RegExp>> = {
  "a PEM": /-----BEGIN [A-Z ]+-----/,
  "a private JWK": /\bd["']?:\s*["'][\w-]{43}["']/,
  "a pepper": /PASSWORD_PEPPER["']?\s*[:=]\s*["'`]/,
  "a test": /["'](?:vitest|@vitest\/[\w-]+|fast-check)["']|\.test\.ts/,
  // What Ajv and TypeBox compile a schema with. Ours are compiled when we build.
  "a compiler": /\bnew Function\(|(?<![\w.$])(?:Function|eval)\(/,
  "a source map": /sourceMappingURL/,
};

/** What a deployed bundle must not hold and does: by name, and those of the given texts that occur in it. */
export function findings(code: string, texts: readonly string[]): string[] {
  const patterns = Object.entries(forbidden).filter(([, pattern]) => pattern.test(code));
  return [...patterns.map(([name]) => name), ...texts.filter((text) => code.includes(text))];
}
