import {
  type AnswerCheck,
  createAnswerCheck,
  type OpenApiDocument,
} from "../../packages/functions/test/answer-check.ts";

export interface CheckedFetch {
  readonly fetch: typeof fetch;
  /** What the API calls itself, without a slash at the end. It may be reached by another name. */
  readonly issuer: string;
  /** What answers were not as the deployed document has them, since the last time. */
  takeFaults(): readonly string[];
}

/** A `fetch` that holds what this API answers to the document that it serves itself. */
export async function createCheckedFetch(base: string): Promise<CheckedFetch> {
  const response = await fetch(`${base}/openapi.json`);
  if (!response.ok) throw new Error(`${base}/openapi.json answers ${response.status}: is this a Gatehouse?`);
  const document = (await response.json()) as OpenApiDocument & { servers: [{ url: string }] };
  const check = createAnswerCheck(document);
  const faults: string[] = [];
  return {
    issuer: document.servers[0].url,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const answer = await fetch(request);
      const fault = await faultOf(check, base, request, answer.clone());
      if (fault) faults.push(fault);
      return answer;
    },
    takeFaults: () => faults.splice(0),
  };
}

async function faultOf(check: AnswerCheck, base: string, { method, url }: Request, answer: Response) {
  const place = check.placeOf(method, url.slice(base.length));
  if (!place) return undefined;
  const text = await answer.text();
  const { status } = answer;
  const headers = Object.fromEntries([...answer.headers].filter(([name]) => name !== "set-cookie"));
  const cookies = answer.headers.getSetCookie();
  try {
    check.expectDocumented(place, {
      status,
      headers,
      cookies,
      body: text === "" ? undefined : JSON.parse(text),
    });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
