import { config } from "@gatehouse/core/config";
import { createFetch } from "../../src/gateway/index.ts";
import { type InlineApi, type InlineApiOptions, loadInlineApi } from "./inline-api.ts";

export interface InProcess extends Omit<InlineApi, "options"> {
  /** Where the API believes to be: what a client is told as its base. No slash at the end. */
  readonly url: string;
  /** Answers every route of the contract. */
  readonly fetch: typeof fetch;
}

/** The gateway with no socket, and every function behind it in this very thread: see `loadInlineApi`. */
export async function startInProcess(options: InlineApiOptions = {}): Promise<InProcess> {
  const api = await loadInlineApi(options);
  return {
    url: config().issuer,
    fetch: createFetch(api.options),
    queue: api.queue,
    mails: api.mails,
    get authorizations() {
      return api.authorizations;
    },
    stop: api.stop,
  };
}
