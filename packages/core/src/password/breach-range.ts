import type { IncomingMessage } from "node:http";

/** In characters. A range has some tens of thousands. */
const longestAnswer = 1_000_000;

const row = /^([\dA-F]{35}):(\d{1,12})$/i;

const headers = {
  // Without one the service answers 403 (Have I Been Pwned API v3, "Specifying the user agent").
  "User-Agent": "gatehouse",
  // So that the length of what comes back does not tell which range it is (the same, "Introducing padding").
  "Add-Padding": "true",
};

/**
 * The last 35 digits, in upper case, of the SHA-1 of every breached password that begins with this prefix.
 *
 * @throws Error where the service does not answer, answers anything but a whole range, or `signal` aborts.
 */
export async function readRange(url: string, prefix: string, signal: AbortSignal): Promise<Set<string>> {
  const response = await get(new URL(`${url}/range/${prefix}`), signal);
  if (response.statusCode !== 200) {
    response.destroy();
    throw new Error(`it answered ${response.statusCode}`);
  }
  return parse(await readText(response));
}

/**
 * With the module that the SDK has loaded already: the first `fetch` of a process loads an implementation of its own,
 * 15 ms. Follows no redirect. Each call has a connection of its own, because one that was kept may have died while the
 * function was frozen.
 */
async function get(url: URL, signal: AbortSignal): Promise<IncomingMessage> {
  const { get } = await (url.protocol === "https:" ? import("node:https") : import("node:http"));
  return new Promise((resolve, reject) => {
    get(url, { agent: false, headers, signal }, resolve).on("error", reject);
  });
}

async function readText(response: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of response.setEncoding("latin1")) {
    text += chunk;
    if (text.length > longestAnswer) throw new Error("it answered without end");
  }
  return text;
}

/** Rows of padding count none (the same, "Introducing padding"). */
function parse(text: string): Set<string> {
  const rows = text.trimEnd().split(/\r?\n/).map(parseRow);
  return new Set(rows.filter(({ count }) => count > 0).map(({ suffix }) => suffix));
}

function parseRow(line: string): { readonly suffix: string; readonly count: number } {
  const [, suffix, count] = row.exec(line) ?? [];
  if (suffix === undefined) throw new Error("it answered something else than a range");
  return { suffix: suffix.toUpperCase(), count: Number(count) };
}
