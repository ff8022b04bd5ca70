import { readFile } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { extname, join } from "node:path";
import { isPagePath, type PageSettings, pageHeaders, withSettings } from "@gatehouse/web";
import { type Beside, pathAsSent } from "../gateway/index.ts";

export interface AccountPagesOptions {
  /** Answers the folder with the pages as they are now. */
  readonly builds: () => Promise<string>;
  readonly settings: PageSettings;
  /** Told, in a line, why the pages cannot be shown. */
  readonly onNotice: (line: string) => void;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly cache: string;
  readonly body: string | Buffer;
}

const types: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** The name of a file whose name changes with what it holds. There are no folders, and no dots that lead out of one. */
const asset = /^\/assets\/([\w-]+(?:\.[\w-]+)+)$/;

/**
 * The account pages at the API's own origin: a browser that opens one of their paths gets them. Whatever else is asked is
 * the API's, and so is the same path asked for by anything that wants no HTML.
 */
export function createAccountPages({ builds, settings, onNotice }: AccountPagesOptions): Beside {
  const always = pageHeaders(settings);
  let shown: string | undefined;

  async function answerTo(path: string): Promise<Answer> {
    if (isPagePath(path)) {
      shown = await builds();
      const html = await readFile(join(shown, "index.html"), "utf8");
      const body = withSettings(html, settings);
      return { status: 200, type: "text/html; charset=utf-8", cache: "no-cache", body };
    }
    const [, name = ""] = asset.exec(path) ?? [];
    const type = types[extname(name)];
    shown ??= await builds();
    const body = type && (await readFile(join(shown, "assets", name)).catch(unlessMissing));
    if (!type || !body) return plain(404, "There is no such file.");
    return { status: 200, type, cache: "public, max-age=31536000, immutable", body };
  }

  return {
    takes: isForPages,
    listener: async (message, response) => {
      const { status, type, cache, body } = await answerTo(pathAsSent(message)).catch((error: Error) => {
        onNotice(`The account pages cannot be shown: ${error.message}`);
        return plain(500, "The account pages cannot be shown. The terminal of npm start says why.");
      });
      response.writeHead(status, {
        ...always,
        "content-type": type,
        "content-length": Buffer.byteLength(body),
        "cache-control": cache,
        vary: "accept",
      });
      response.end(body);
    },
  };
}

/** A browser says that it wants HTML; curl and fetch do not. */
function isForPages(message: IncomingMessage): boolean {
  const { method, headers } = message;
  if (method !== "GET" && method !== "HEAD") return false;
  const path = pathAsSent(message);
  if (path.startsWith("/assets/")) return true;
  return isPagePath(path) && /\btext\/html\b/.test(headers.accept ?? "");
}

function plain(status: number, line: string): Answer {
  return { status, type: "text/plain; charset=utf-8", cache: "no-store", body: `${line}\n` };
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === "ENOENT" || error.code === "EISDIR") return undefined;
  throw error;
}
