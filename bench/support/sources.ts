/** Who sends, each from addresses of their own. */
const networks = { registrations: 1, samples: 2, homes: 3, manySources: 4, fewSources: 5, botnet: 6 };

export type Network = keyof typeof networks;

/** Hosts of a third number: 0 and 255 are left out, as a network's own and its broadcast address. */
const hosts = 254;

/** One of the 65,024 addresses in 127.0.0.0/8 of a network; the next ones are others, until they are used up. */
export function loopback(network: Network, index: number): string {
  const host = index % (256 * hosts);
  return `127.${networks[network]}.${Math.floor(host / hosts)}.${1 + (host % hosts)}`;
}
