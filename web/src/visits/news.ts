/** What is new on an engineer's day: visits given, changed and taken away since it was looked at. Pure. */
import type { MyDay } from './requests.ts';

/** What of a visit an engineer has seen, by its id: when and where it is, and what for. */
export type Seen = Record<string, string>;

/** Something that happened to a visit meanwhile. */
export interface News {
  id: string;
  what: 'new' | 'changed' | 'gone';
  number: string;
  site: string;
  /** When it is; of one that is gone, when it was. */
  window: { start: string; end: string };
  zone: string;
}

type Card = MyDay['visits'][number];

/** What a change of would send somebody elsewhere, at another time, or with other things in the bag. */
export const faceOf = ({ window, order }: Card): string =>
  [window.start, window.end, order.site.id, order.place, order.symptom, order.asset?.id ?? ''].join('|');

/** The day as seen now. */
export const seenOf = (day: MyDay): Seen => Object.fromEntries(day.visits.map((card) => [card.id, faceOf(card)]));

/** Visits whose engineer hasn't taken note of them as they stand. */
export function unread(seen: Seen | undefined, day: MyDay): Map<string, 'new' | 'changed'> {
  const found = new Map<string, 'new' | 'changed'>();
  if (!seen) return found;
  for (const card of day.visits) {
    const known = seen[card.id];
    if (known === undefined) found.set(card.id, 'new');
    else if (known !== faceOf(card)) found.set(card.id, 'changed');
  }
  return found;
}

/** What happened between two looks at the day; `own` names visits that this phone itself left or declined. */
export function newsOf(before: MyDay | undefined, now: MyDay, own: (visit_id: string) => boolean): News[] {
  if (!before) return [];
  const was = new Map(before.visits.map((card) => [card.id, card]));
  const of = (card: Card, what: News['what']): News => ({
    id: card.id,
    what,
    number: card.number,
    site: card.order.site.name,
    window: card.window,
    zone: card.order.site.zone,
  });
  const news = now.visits.flatMap((card) => {
    const known = was.get(card.id);
    if (!known) return [of(card, 'new')];
    return faceOf(known) === faceOf(card) ? [] : [of(card, 'changed')];
  });
  const stays = new Set([...now.visits, ...now.over].map(({ id }) => id));
  const gone = before.visits.filter(({ id }) => !stays.has(id) && !own(id));
  return [...news, ...gone.map((card) => of(card, 'gone'))];
}
