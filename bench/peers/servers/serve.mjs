/**
 * What every peer does beside answering requests: it tells who started it on which port it listens and of which processes
 * it consists, answers what it has used of the processors, in microseconds, and ends with who started it.
 *
 * @param {{ port: number, processes?: readonly number[], stop: () => unknown }} server
 */
export function serve({ port, processes = [], stop }) {
  process.once("disconnect", async () => {
    await stop();
    process.exit();
  });
  // A terminal sends them to the whole process group.
  for (const signal of ["SIGINT", "SIGHUP"]) process.on(signal, () => {});
  process.on("message", ({ id }) => {
    const { user, system } = process.cpuUsage();
    process.send?.({ id, answer: user + system });
  });
  process.send?.({ id: 0, answer: { port, processes: [process.pid, ...processes] } });
}
