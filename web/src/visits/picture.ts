/** Pictures made small on the phone and named by their SHA-256. */

/** The largest photo sent (decision 22). */
export const maxPhotoBytes = 300 * 1024;
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
