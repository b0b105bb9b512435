/** What of the day its engineer has taken note of, and how they want to hear of news; both stay on this phone. */
import { useSyncExternalStore } from 'react';
import { draftPlace, onDraftOwner, readDraft, writeDraft } from '../ui/draft.ts';
import { faceOf, type Seen, seenOf, unread } from './news.ts';
import type { MyDay } from './requests.ts';

const seenKey = 'day.seen';
const settingsKey = 'aftercare.field-alerts';
const listeners = new Set<() => void>();
const tell = () => {
  for (const listener of listeners) listener();
};
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

let seen: Seen | undefined;
/** Whose it is that was read. */
let of: string | undefined;
onDraftOwner(tell);

function read(): Seen | undefined {
  // It belongs to the account, as drafts do, and goes with them.
  const place = draftPlace(seenKey);
  if (place !== of) {
    of = place;
    seen = place === undefined ? undefined : readDraft<Seen>(seenKey);
  }
  return seen;
}

function write(next: Seen) {
  seen = next;
  of = draftPlace(seenKey);
  writeDraft(seenKey, next);
  tell();
}

/** The day was read: the first one is taken as known, and of the others what is no longer there is forgotten. */
export function look(day: MyDay): void {
  const known = read();
  if (!known) {
    write(seenOf(day));
    return;
  }
  const held = new Set(day.visits.map(({ id }) => id));
  const left = Object.fromEntries(Object.entries(known).filter(([id]) => held.has(id)));
  if (Object.keys(left).length < Object.keys(known).length) write(left);
}

/** An engineer opened a visit: they know it as it stands. */
export function took(card: MyDay['visits'][number]): void {
  const known = read();
  const face = faceOf(card);
  if (known && known[card.id] !== face) write({ ...known, [card.id]: face });
}

/** The marks of the day: which visits are new or changed since they were opened. */
export function useUnread(day: MyDay): ReadonlyMap<string, 'new' | 'changed'> {
  const known = useSyncExternalStore(subscribe, read);
  return unread(known, day);
}

/** How news is told beside the banner. */
export interface AlertSettings {
  sound: boolean;
  vibration: boolean;
}

const usual: AlertSettings = { sound: false, vibration: true };
let settings: AlertSettings | undefined;

function readSettings(): AlertSettings {
  if (settings) return settings;
  try {
    settings = { ...usual, ...(JSON.parse(localStorage.getItem(settingsKey) ?? '{}') as Partial<AlertSettings>) };
  } catch {
    settings = usual;
  }
  return settings;
}

/** Changes how news is told on this phone. */
export function setAlertSettings(next: AlertSettings): void {
  settings = next;
  try {
    localStorage.setItem(settingsKey, JSON.stringify(next));
  } catch {
    // A private window may refuse: the choice lasts as long as the page.
  }
  tell();
}

/** How news is told on this phone. */
export const useAlertSettings = (): AlertSettings => useSyncExternalStore(subscribe, readSettings);
