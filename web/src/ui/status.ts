/** Glyph and colour of each state on screen (experience 2.4); the words are `status.<kind>.<state>` in the catalogue. */
import type { IconName } from './icon.tsx';

/** The colours a state may have; `cancelled` is grey and struck through. */
export type Tone = 'new' | 'dispatched' | 'travelling' | 'on-site' | 'hold' | 'done' | 'cancelled';

interface Look {
  tone: Tone;
  glyph: IconName;
}

const look = (tone: Tone, glyph: IconName): Look => ({ tone, glyph });

/** Every state of the three records whose state is shown as a badge. */
export const statusLooks = {
  case: {
    new: look('new', 'dot'),
    triaged: look('new', 'inbox'),
    phone_support: look('dispatched', 'phone'),
    onsite_agreed: look('dispatched', 'calendar'),
    in_field: look('on-site', 'wrench'),
    follow_up: look('travelling', 'message'),
    closed: look('done', 'lock'),
    waiting_customer: look('hold', 'person'),
    waiting_parts: look('hold', 'parts'),
    merged: look('cancelled', 'merge'),
    withdrawn: look('cancelled', 'cross'),
    reopened: look('new', 'again'),
  },
  work_order: {
    draft: look('new', 'draft'),
    ready: look('new', 'inbox'),
    scheduled: look('dispatched', 'calendar'),
    in_progress: look('on-site', 'wrench'),
    work_done: look('on-site', 'check'),
    self_checked: look('on-site', 'shield'),
    signed: look('done', 'sign'),
    settled: look('done', 'money'),
    closed: look('done', 'lock'),
    incomplete: look('hold', 'again'),
    cancelled: look('cancelled', 'cross'),
  },
  visit: {
    proposed: look('new', 'draft'),
    confirmed: look('new', 'calendar'),
    dispatched: look('dispatched', 'sent'),
    accepted: look('dispatched', 'check'),
    declined: look('cancelled', 'cross'),
    travelling: look('travelling', 'travel'),
    arrived: look('on-site', 'pin'),
    working: look('on-site', 'wrench'),
    paused: look('hold', 'pause'),
    done: look('done', 'check'),
    partly_done: look('hold', 'again'),
    no_access: look('hold', 'door'),
    left: look('done', 'door'),
    cancelled: look('cancelled', 'cross'),
  },
} as const satisfies Record<string, Record<string, Look>>;

export type StatusKind = keyof typeof statusLooks;

/** The look of a state; a state of a newer server is drawn plainly, with its name. */
export function statusLook(kind: StatusKind, state: string): Look {
  return (statusLooks[kind] as Record<string, Look>)[state] ?? look('new', 'question');
}
