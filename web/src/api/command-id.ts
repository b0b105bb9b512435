/** Ids of commands, made in the browser. */

/** A new id for a command; the server remembers it, so that a repeated command changes nothing (decision 7). */
export function newCommandId(): string {
  if (globalThis.isSecureContext) return crypto.randomUUID();
  // randomUUID exists in secure contexts only; a plain-HTTP address in a closed network has getRandomValues.
  const bytes = newRandom(16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Random bytes. */
export function newRandom(count: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(count));
}
