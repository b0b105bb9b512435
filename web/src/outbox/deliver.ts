/** How an operation reaches the server: its files first, then the command under its id. */
import { api, call } from '../api/client.ts';
import { within } from '../api/network.ts';
import { type Problem, ProblemError, toProblem } from '../api/problem.ts';
import { serverNow } from '../api/server-clock.ts';
import { t } from '../i18n/index.ts';
import { sendFile } from '../visits/photo.ts';
import { driftToTell, type Op } from './model.ts';
import { keptFile } from './store.ts';

/** How long one request may take on a weak network, in milliseconds; one that hangs longer is sent again. */
const patience_ms = 30_000;

/** Files that the server has, by what it said in this life of the page: a lost answer to the command sends none of them again. */
const arrived = new Set<string>();

/** What the server says of a file that it doesn't have, or has no more. */
const missing = new Set(['evidence_file_missing', 'coverage_file_not_sent']);

/** Sends an operation: the answer, or why there is none. */
export async function deliver(op: Op, signal: AbortSignal): Promise<{ answer: unknown } | { problem: Problem }> {
  try {
    const known = op.files.some((sha256) => arrived.has(sha256));
    try {
      return { answer: await send(op, signal) };
    } catch (error) {
      if (!known || !missing.has(toProblem(error).code)) throw error;
      for (const sha256 of op.files) arrived.delete(sha256);
      return { answer: await send(op, signal) };
    }
  } catch (error) {
    const problem = toProblem(error);
    // A fault of this page is no answer of the server: it must not be taken for a dead zone for ever.
    return { problem: problem.code === 'page_fault' ? { ...problem, status: 400 } : problem };
  }
}

async function send(op: Op, signal: AbortSignal): Promise<unknown> {
  for (const sha256 of op.files) {
    if (arrived.has(sha256)) continue;
    const bytes = await keptFile(sha256);
    if (!bytes) throw new ProblemError(lost());
    await sendFile(sha256, bytes, signal);
    arrived.add(sha256);
  }
  return await call(
    api.POST(op.path as '/api/visits/{id}/start', {
      params: { path: { id: op.lane } },
      body: op.body as Record<string, never>,
      signal: within(patience_ms, signal),
      headers: {
        'Idempotency-Key': op.id,
        'Device-Time': op.made_at,
        'Device-Drift': String(driftToTell(op, serverNow() - Date.now())),
      },
    }),
  );
}

// The browser threw the bytes away: nothing can be sent in their place.
function lost(): Problem {
  return {
    status: 410,
    code: 'file_lost',
    title: t('field.outbox.file_lost.title'),
    detail: t('field.outbox.file_lost.detail'),
    cure: t('field.outbox.file_lost.cure'),
    errors: [],
  };
}
