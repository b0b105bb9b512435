/** Drafts of forms, kept in this browser until the command succeeds: a reload, a second call or a sign-out loses nothing. */

const prefix = 'aftercare.draft.';
/** After two weeks a draft is more likely to mislead than to help. */
const lifetime_ms = 14 * 24 * 3600 * 1000;

/** The draft kept under a key, unless there is none or it is too old. */
export function readDraft<T>(key: string): T | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(prefix + key) ?? 'null') as { at: number; values: T } | null;
    if (!kept || Date.now() - kept.at > lifetime_ms) return undefined;
    return kept.values;
  } catch {
    return undefined;
  }
}

/** Keeps a draft. Storage that is full or refused is not an error: the form itself still holds the values. */
export function writeDraft(key: string, values: unknown): void {
  try {
    localStorage.setItem(prefix + key, JSON.stringify({ at: Date.now(), values }));
  } catch {
    // See above.
  }
}

/** Forgets a draft. */
export function clearDraft(key: string): void {
  try {
    localStorage.removeItem(prefix + key);
  } catch {
    // Nothing was kept.
  }
}
