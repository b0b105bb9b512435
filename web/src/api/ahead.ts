/**
 * Reads that the first lines of an app ask for while the app itself is on its way: its own first request for the same finds the answer
 * there, or coming. It stands on nothing, so that it is small.
 */

/** An answer that waited longer than this may be too old: what it says is asked for anew. */
const fresh_ms = 10_000;

const going = new Map<string, { answer: Promise<Response>; asked_ms: number }>();
const arrivals = new WeakMap<Response, number>();

/** Asks for paths of this origin now, in this language. A refusal is heard by whoever takes the answer. */
export function askAhead(paths: readonly string[], language: string): void {
  // Without a network the app says so when it asks itself.
  if (!navigator.onLine) return;
  for (const path of paths) {
    const answer = fetch(path, { headers: { 'Accept-Language': language } }).then((response) => {
      arrivals.set(response, Date.now());
      return response;
    });
    answer.catch(() => {});
    going.set(path, { answer, asked_ms: performance.now() });
  }
}

/** An answer that is on its way, without taking it. */
export const comingAhead = (path: string): Promise<Response> | undefined => going.get(path)?.answer;

/** The answer that was asked for ahead, once; undefined where nothing was. Where it failed, the request itself is sent. */
export function takeAhead(request: Request): Promise<Response> | undefined {
  // A change may make older answers wrong.
  if (request.method !== 'GET') going.clear();
  const { pathname, search } = new URL(request.url);
  const ahead = going.get(pathname + search);
  going.delete(pathname + search);
  if (!ahead || performance.now() - ahead.asked_ms > fresh_ms) return undefined;
  return ahead.answer.catch(() => globalThis.fetch(request));
}

/** When an answer that was asked for ahead arrived, in milliseconds since 1970; undefined for any other. */
export const arrivedAt = (response: Response): number | undefined => arrivals.get(response);
