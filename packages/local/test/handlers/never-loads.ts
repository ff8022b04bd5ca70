await new Promise(() => setInterval(() => undefined, 1_000));

export async function handler() {
  return "never";
}
