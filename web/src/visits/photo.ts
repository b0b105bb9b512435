/** Photos of a visit: made small on the phone, named by their SHA-256, sent in ranges that go on after a dead zone. */
import { api, call } from '../api/client.ts';
import { within } from '../api/network.ts';
import { ProblemError } from '../api/problem.ts';

/** The largest photo sent (decision 22). */
export const maxPhotoBytes = 300 * 1024;
/** Bytes of one range: a second or two on a weak network, so that little is lost when it breaks. */
const rangeBytes = 128 * 1024;

/** How long one range may take, in milliseconds. */
const patience_ms = 30_000;

/** The sizes and qualities that are tried one after the other until the photo is small enough. */
export const attempts: readonly { edge: number; quality: number }[] = [
  { edge: 1600, quality: 0.82 },
  { edge: 1600, quality: 0.7 },
  { edge: 1280, quality: 0.7 },
  { edge: 1280, quality: 0.55 },
  { edge: 1024, quality: 0.55 },
  { edge: 800, quality: 0.5 },
  { edge: 640, quality: 0.4 },
];

/** Width and height with the longer edge at most `edge`; never larger than they are. */
export function scaled(width: number, height: number, edge: number): { width: number; height: number } {
  const scale = Math.min(1, edge / Math.max(width, height, 1));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** A JPEG of at most 300 KB, upright and without the camera's data (place, device). Throws if it is no picture. */
export async function shrink(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file);
  try {
    let smallest: Blob | undefined;
    for (const { edge, quality } of attempts) {
      const size = scaled(picture.width, picture.height, edge);
      const canvas = document.createElement('canvas');
      canvas.width = size.width;
      canvas.height = size.height;
      const pen = canvas.getContext('2d');
      if (!pen) break;
      // JPEG knows no transparency: without a ground it would be black.
      pen.fillStyle = '#fff';
      pen.fillRect(0, 0, size.width, size.height);
      pen.drawImage(picture, 0, 0, size.width, size.height);
      const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', quality));
      if (!blob) break;
      smallest = blob;
      if (blob.size <= maxPhotoBytes) return blob;
    }
    if (smallest) return smallest;
  } finally {
    picture.close();
  }
  throw new Error('canvas');
}

/** SHA-256 of bytes in hexadecimal digits. */
export async function sha256(bytes: ArrayBuffer): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

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
          // The document describes bytes as numbers; a Blob is what fetch sends.
          body: range as unknown as number[],
          bodySerializer: (body) => body as unknown as BodyInit,
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
