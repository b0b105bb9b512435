/** Photos of a visit: sent in ranges that go on after a dead zone. */
import { api, call } from '../api/client.ts';
import { within } from '../api/network.ts';
import { ProblemError } from '../api/problem.ts';

/** Bytes of one range: a second or two on a weak network, so that little is lost when it breaks. */
const rangeBytes = 128 * 1024;

/** How long one range may take, in milliseconds. */
const patience_ms = 30_000;

/** Sends a file under its digest; goes on where the server says that it stands. Sending it again changes nothing. */
export async function sendFile(digest: string, bytes: ArrayBuffer, signal?: AbortSignal): Promise<void> {
  const total = bytes.byteLength;
  let offset = 0;
  // Each turn the server takes bytes or names the place to go on from; the bound only guards against a server that does neither.
  for (let turn = 0; turn <= 2 * Math.ceil(total / rangeBytes) + 2; turn += 1) {
    const end = Math.min(offset + rangeBytes, total);
    const range = new Blob([bytes.slice(offset, end)]);
    try {
      const progress = await call(
        api.PUT('/api/files/{sha256}', {
          params: { path: { sha256: digest } },
          signal: within(patience_ms, signal),
          body: range,
          bodySerializer: (body) => body,
          headers: {
            'Content-Type': 'application/octet-stream',
            'Content-Range': `bytes ${offset}-${end - 1}/${total}`,
          },
        }),
      );
      if (progress.complete) return;
      offset = progress.received;
    } catch (error) {
      const stands = error instanceof ProblemError && error.problem.status === 416 ? error.problem.current : undefined;
      if (typeof stands !== 'number' || stands === offset) throw error;
      offset = stands;
    }
  }
  throw new Error(`file ${digest} stands at ${offset} of ${total}`);
}
