/** What a stage lacks, with the command that makes it: its functions would answer nothing. Undefined where it has all. */
export function missingSecrets(
  { stage, region }: { readonly stage: string; readonly region: string },
  names: readonly string[],
  known: readonly string[],
): string | undefined {
  const missing = names.filter((name) => !known.includes(name));
  if (missing.length === 0) return undefined;
  return `The stage ${stage} lacks ${missing.join(", ")}. Make them first: npm run secrets -- init --stage ${stage} --region ${region}`;
}
