/** The same, with nothing written to stdout while the next of it is made: the functions log there. */
export async function* quietly<T>(all: AsyncIterator<T>): AsyncGenerator<T> {
  const { write } = process.stdout;
  for (;;) {
    process.stdout.write = () => true;
    const next = await all.next().finally(() => {
      process.stdout.write = write;
    });
    if (next.done) return;
    yield next.value;
  }
}
