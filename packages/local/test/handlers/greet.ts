/** Answers with what it was called with. */
export async function handler(event: { name?: string }): Promise<{ greeting: string }> {
  const greeting = `hello ${event.name ?? "nobody"}`;
  return { greeting };
}
