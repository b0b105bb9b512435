/** How an operation reaches the server: its files first, then the command under its id. */
import { api, call } from '../api/client.ts';
import { type Problem, ProblemError, toProblem } from '../api/problem.ts';
import { serverNow } from '../api/server-clock.ts';
import { t } from '../i18n/index.ts';
import { sendFile } from '../visits/photo.ts';
import { driftToTell, type Op } from './model.ts';
import { keptFile } from './store.ts';

/** Sends an operation: the answer, or why there is none. */
export async function deliver(op: Op): Promise<{ answer: unknown } | { problem: Problem }> {
  try {
    for (const sha256 of op.files) {
      const bytes = await keptFile(sha256);
      if (!bytes) throw new ProblemError(lost());
      await sendFile(sha256, bytes);
    }
    const answer = await call(
      api.POST(op.path as '/api/visits/{id}/start', {
        params: { path: { id: op.lane } },
        body: op.body as Record<string, never>,
        headers: {
          'Idempotency-Key': op.id,
          'Device-Time': op.made_at,
          'Device-Drift': String(driftToTell(op, serverNow() - Date.now())),
        },
      }),
    );
    return { answer };
  } catch (error) {
    const problem = toProblem(error);
    // A fault of this page is no answer of the server: it must not be taken for a dead zone for ever.
    return { problem: problem.code === 'page_fault' ? { ...problem, status: 400 } : problem };
  }
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
