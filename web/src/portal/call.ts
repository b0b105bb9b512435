/**
 * Requests of the customer's pages. They use no generated client: each byte counts on a weak phone. Shapes come from the
 * same description all the same.
 */
import { newCommandId } from '../api/command-id.ts';
import { ProblemError, problemFrom } from '../api/problem.ts';
import type { components } from '../api/schema.d.ts';
import { learnServerTime } from '../api/server-clock.ts';
import { currentLanguage } from '../i18n/index.ts';

type Schemas = components['schemas'];
export type ReportPage = Schemas['ReportPage'];
export type ReportAnswer = Schemas['ReportAnswer'];
export type TrackPage = Schemas['TrackPage'];
export type BadgePage = Schemas['BadgePage'];

/** Asks the server; throws a ProblemError for every answer that is not 2xx. `link` opens a case. */
export async function ask<T>(
  method: 'GET' | 'POST',
  path: string,
  { body, key, link }: { body?: unknown; key?: string; link?: string } = {},
): Promise<T> {
  const response = await send(method, path, body === undefined ? undefined : JSON.stringify(body), {
    ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    ...(method === 'POST' ? { 'Idempotency-Key': key ?? newCommandId() } : {}),
    ...(link ? { 'X-Link': link } : {}),
  });
  return (await response.json()) as T;
}

async function send(
  method: string,
  path: string,
  body: BodyInit | undefined,
  headers: Record<string, string>,
): Promise<Response> {
  const response = await globalThis.fetch(path, {
    method,
    headers: { 'Accept-Language': currentLanguage(), ...headers },
    ...(body === undefined ? {} : { body }),
  });
  learnServerTime(response.headers);
  if (response.ok) return response;
  throw new ProblemError(problemFrom(response, await response.json().catch(() => undefined)));
}

/** A picture that only the link's header opens, as an address of this page; undefined when there is none. */
export async function picture(path: string, link?: string): Promise<string | undefined> {
  try {
    const response = await send('GET', path, undefined, link ? { 'X-Link': link } : {});
    return URL.createObjectURL(await response.blob());
  } catch {
    return undefined;
  }
}

/** Bytes of one range: a second or two on a weak network, so that little is lost when it breaks. */
const rangeBytes = 64 * 1024;
/** Pauses after a broken range, in ms. */
const pauses = [500, 2000, 5000];

/** Sends a file to `folder` under its digest; goes on where the server says that it stands, also after the network broke. */
export async function sendPhoto(folder: string, digest: string, bytes: ArrayBuffer, link?: string): Promise<void> {
  const total = bytes.byteLength;
  let offset = 0;
  let broken = 0;
  while (offset < total) {
    const end = Math.min(offset + rangeBytes, total);
    try {
      const response = await send('PUT', `${folder}/${digest}`, new Blob([bytes.slice(offset, end)]), {
        'Content-Type': 'application/octet-stream',
        'Content-Range': `bytes ${offset}-${end - 1}/${total}`,
        ...(link ? { 'X-Link': link } : {}),
      });
      const { received, complete } = (await response.json()) as Schemas['FileProgress'];
      broken = 0;
      if (complete) return;
      offset = received;
    } catch (error) {
      const problem = error instanceof ProblemError ? error.problem : undefined;
      if (problem?.status === 416 && typeof problem.current === 'number' && problem.current !== offset) {
        offset = problem.current;
        continue;
      }
      const pause = pauses[broken];
      if ((problem && problem.status < 500) || pause === undefined) throw error;
      broken += 1;
      await new Promise((done) => setTimeout(done, pause));
    }
  }
}
