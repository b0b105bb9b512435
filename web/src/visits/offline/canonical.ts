/** The canonical bytes of a document and their SHA-256, as the server makes them: keys sorted, no spaces. */
import { sha256 } from '../picture.ts';

/** UTF-8 JSON with keys sorted by code point. What is undefined is left out. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const fields = Object.entries(value as Record<string, unknown>).filter(([, field]) => field !== undefined);
    fields.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

/** SHA-256 of the canonical bytes, in hexadecimal digits. */
export async function digestOf(document: unknown): Promise<string> {
  return sha256(new TextEncoder().encode(canonical(document)).buffer as ArrayBuffer);
}
