import { startGateway } from "../../src/gateway/index.ts";
import { type InlineApi, type InlineApiOptions, loadInlineApi } from "./inline-api.ts";

export type InlineHouseOptions = InlineApiOptions;

export interface InlineHouse extends Omit<InlineApi, "options"> {
  /** No slash at the end. */
  readonly url: string;
}

/** The gateway on a port of its own, with every function behind it in this very thread: see `loadInlineApi`. */
export async function startInlineHouse(options: InlineHouseOptions = {}): Promise<InlineHouse> {
  const api = await loadInlineApi(options);
  const gateway = await startGateway(api.options);
  return {
    url: gateway.url,
    queue: api.queue,
    mails: api.mails,
    get authorizations() {
      return api.authorizations;
    },
    async stop() {
      await gateway.stop();
      await api.stop();
    },
  };
}
