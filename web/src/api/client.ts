/**
 * The one door to the server: a typed client over the generated schema. `call` gives the data or throws a ProblemError.
 *
 *     const me = await call(api.GET('/api/me'));
 */
import createClient, { type Middleware } from 'openapi-fetch';
import { currentLanguage } from '../i18n/index.ts';
import { arrivedAt, takeAhead } from './ahead.ts';
import { newCommandId } from './command-id.ts';
import { ProblemError, problemFrom } from './problem.ts';
import type { paths } from './schema.d.ts';
import { learnServerTime } from './server-clock.ts';

const unsafe = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** Why nothing more is answered: nobody is signed in any more, or the role first wants a second factor. */
export type SessionEnd = 'ended' | 'second_factor';
const endListeners = new Set<(why: SessionEnd) => void>();

const headers: Middleware = {
  onRequest({ request }) {
    request.headers.set('Accept-Language', currentLanguage());
    if (unsafe.has(request.method) && !request.headers.has('Idempotency-Key')) {
      request.headers.set('Idempotency-Key', newCommandId());
    }
    return request;
  },
  async onResponse({ request, response }) {
    learnServerTime(response.headers, arrivedAt(response));
    const signingIn = request.method === 'POST' && new URL(request.url).pathname === '/api/session';
    if (response.status === 401 && !signingIn) tellEnd('ended');
    if (response.status === 403 && (await codeOf(response.clone())) === 'second_factor_required')
      tellEnd('second_factor');
  },
};

function tellEnd(why: SessionEnd) {
  for (const listener of endListeners) listener(why);
}

async function codeOf(response: Response): Promise<unknown> {
  try {
    return ((await response.json()) as { code?: unknown }).code;
  } catch {
    return undefined;
  }
}

/** Calls by path and method, typed by the server's OpenAPI document. Pass it through `call` or `read`. */
export const api = createClient<paths>({
  baseUrl: globalThis.location?.origin ?? '',
  // Looked up at each call, so that a test or a service worker may stand in for it.
  fetch: (request) => takeAhead(request) ?? globalThis.fetch(request),
});
api.use(headers);

/** Told when an answer says that nobody is signed in any more, or what has to be done first. Returns the way to stop listening. */
export function onSessionEnd(listener: (why: SessionEnd) => void): () => void {
  endListeners.add(listener);
  return () => endListeners.delete(listener);
}

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** A record and its ETag, to be sent back as If-Match with a change. */
export interface Tagged<T> {
  data: T;
  etag: string | undefined;
}

/** The data of an answer together with its ETag. Throws a ProblemError for every answer that is not 2xx. */
export async function read<T>(request: Promise<Answer<T>>): Promise<Tagged<T>> {
  const { data, error, response } = await request;
  if (!response.ok) throw new ProblemError(problemFrom(response, error));
  return { data: data as T, etag: response.headers.get('etag') ?? undefined };
}

/** The data of an answer. Throws a ProblemError for every answer that is not 2xx. */
export async function call<T>(request: Promise<Answer<T>>): Promise<T> {
  return (await read(request)).data;
}
