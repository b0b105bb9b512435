/**
 * Drafts of forms, kept in this browser until the command succeeds: a reload, a second call or a session that ran out loses
 * nothing. They belong to the account that typed them: whoever signs in here finds none of somebody else's, and signing out
 * forgets one's own. What an engineer's phone has still to send is no draft and stays (`outbox/`).
 */

const prefix = 'aftercare.draft.';
/** Where drafts stood that belonged to nobody. */
const before = ['aftercare.intake-tabs'];
/** After two weeks a draft is more likely to mislead than to help. */
const lifetime_ms = 14 * 24 * 3600 * 1000;

let owner: string | undefined;
const listeners = new Set<() => void>();

/** Whose drafts these are from now on; those of others go. Nobody's are kept before this is known. */
export function ownDrafts(account_id: string): void {
  forget((key) => !key.startsWith(`${prefix}${account_id}.`));
  if (owner === account_id) return;
  owner = account_id;
  for (const listener of listeners) listener();
}

/** Forgets one's drafts: the person signed out. */
export function forgetDrafts(): void {
  forget(() => true);
  owner = undefined;
  for (const listener of listeners) listener();
}

/** Tells when other drafts count than before. */
export function onDraftOwner(listener: () => void): void {
  listeners.add(listener);
}

function forget(which: (key: string) => boolean): void {
  try {
    const keys = Array.from({ length: localStorage.length }, (_, at) => localStorage.key(at) ?? '');
    for (const key of keys) {
      if (before.includes(key) || (key.startsWith(prefix) && which(key))) localStorage.removeItem(key);
    }
  } catch {
    // Storage that is refused holds nothing.
  }
}

/** The name in this browser's storage under which a draft is kept; none while nobody is known. */
export function draftPlace(key: string): string | undefined {
  return owner === undefined ? undefined : `${prefix}${owner}.${key}`;
}

/** The draft kept under a key, unless there is none or it is too old. */
export function readDraft<T>(key: string): T | undefined {
  const place = draftPlace(key);
  if (place === undefined) return undefined;
  try {
    const kept = JSON.parse(localStorage.getItem(place) ?? 'null') as { at: number; values: T } | null;
    if (!kept || Date.now() - kept.at > lifetime_ms) return undefined;
    return kept.values;
  } catch {
    return undefined;
  }
}

/** Keeps a draft. Storage that is full or refused is not an error: the form itself still holds the values. */
export function writeDraft(key: string, values: unknown): void {
  const place = draftPlace(key);
  if (place === undefined) return;
  try {
    localStorage.setItem(place, JSON.stringify({ at: Date.now(), values }));
  } catch {
    // See above.
  }
}

/** Forgets a draft. */
export function clearDraft(key: string): void {
  const place = draftPlace(key);
  if (place === undefined) return;
  try {
    localStorage.removeItem(place);
  } catch {
    // Nothing was kept.
  }
}
