/** The steps of a visit as the engineer's phone draws them. Pure: the server decides which step comes next. */
import type { Visit, VisitStep } from './requests.ts';

/** The line from taking the job on to leaving; `work` is what happens between starting and inspecting. */
export const lineSteps = [
  'accept',
  'depart',
  'arrive',
  'start',
  'work',
  'self_check',
  'sign',
  'done',
  'leave',
] as const;

export type LineStep = (typeof lineSteps)[number];

/** A step on the line: when it was done, or whether it is the present one. */
export interface LineEntry {
  step: LineStep;
  state: 'done' | 'now' | 'ahead' | 'left_out';
  at?: string;
  device_at?: string | null;
}

/** What a visit must show of itself for the line. */
export type OnTheLine = Pick<
  Visit,
  'id' | 'state' | 'stamps' | 'next' | 'self_checked_at' | 'checklist' | 'answers' | 'findings' | 'evidence'
>;

/** Whether the work itself is on record: what was found, the steps of work, a photo afterwards. */
export function workRecorded(visit: OnTheLine): boolean {
  const answered = new Set(visit.answers.map(({ item }) => item));
  return (
    visit.findings.length > 0 &&
    visit.evidence.some(({ kind, visit_id }) => kind === 'after' && visit_id === visit.id) &&
    visit.checklist.items.every(({ section, key }) => section !== 'work' || answered.has(key))
  );
}

const order: Record<LineStep, number> = Object.fromEntries(lineSteps.map((step, at) => [step, at])) as Record<
  LineStep,
  number
>;

/** The place on the line where a visit stands; undefined when it is over. */
export function presentStep(visit: OnTheLine): LineStep | undefined {
  const next = visit.next?.step;
  switch (next) {
    case undefined:
      return undefined;
    case 'accept':
    case 'depart':
    case 'arrive':
    case 'start':
    case 'done':
    case 'leave':
      return next;
    case 'sign':
    case 'present':
      return 'sign';
    case 'self_check':
      return workRecorded(visit) ? 'self_check' : 'work';
    default:
      return 'work';
  }
}

/** The last stamp of one of these steps. */
function stampOf(visit: OnTheLine, ...steps: VisitStep[]) {
  return visit.stamps.findLast(({ step }) => steps.includes(step));
}

/** The line with its times. */
export function line(visit: OnTheLine): LineEntry[] {
  const present = presentStep(visit);
  const at = present ? order[present] : visit.state === 'left' ? lineSteps.length : 0;
  const ended = visit.stamps.find(({ step }) => step === 'partly_done' || step === 'no_access');
  return lineSteps.map((step) => {
    const stamp = {
      accept: () => stampOf(visit, 'accept'),
      depart: () => stampOf(visit, 'depart'),
      arrive: () => stampOf(visit, 'arrive'),
      start: () => stampOf(visit, 'start'),
      work: () => undefined,
      // A new answer takes the confirmation back.
      self_check: () => (visit.self_checked_at ? stampOf(visit, 'self_check') : undefined),
      sign: () => stampOf(visit, 'sign', 'refuse_signature'),
      done: () => stampOf(visit, 'done', 'partly_done', 'no_access'),
      leave: () => stampOf(visit, 'leave'),
    }[step]();
    const passed = order[step] < at;
    // A visit that ended early never had the steps between.
    const left_out = passed && !stamp && ended !== undefined && step !== 'done';
    const workDone = step === 'work' && passed && !ended;
    return {
      step,
      state: left_out
        ? 'left_out'
        : step === present
          ? 'now'
          : stamp || workDone
            ? 'done'
            : passed
              ? 'left_out'
              : 'ahead',
      ...(stamp && step !== present ? { at: stamp.at, device_at: stamp.device_at ?? null } : {}),
    };
  });
}

/** The part of the visit page that a missing thing is mended in. */
export type Part = 'checklist' | 'finding' | 'photos' | 'charges';

/** Where a refusal of the next step is mended. */
export const partOfNeed: Record<string, Part> = {
  checklist_items_open: 'checklist',
  self_inspection_failed: 'checklist',
  visit_finding_missing: 'finding',
  visit_after_photo_missing: 'photos',
  visit_coverage_undecided: 'charges',
  visit_quote_not_acknowledged: 'charges',
};

/** The reasons for a pause; their words are `visits.pause.<code>`. */
export const pauses = ['waiting_parts', 'customer_away', 'not_safe', 'break', 'other'] as const;

/** What can become of a removed part; the words are `visits.fate.<code>`. */
export const fates = ['returned', 'left_with_customer', 'scrapped'] as const;

/** Quantity as typed (`1`, `0.5`, `1,5`) in thousandths; undefined when it is none. */
export function quantityMilli(typed: string): number | undefined {
  const text = typed.trim().replace(',', '.');
  if (!/^\d{1,6}(\.\d{1,3})?$/.test(text)) return undefined;
  const milli = Math.round(Number(text) * 1000);
  return milli > 0 ? milli : undefined;
}

/** Thousandths as people write them: 1500 → 1.5. */
export const quantity = (milli: number): string => String(milli / 1000);

/** Metres between two points on the globe. */
export function distanceM(a: { lon: number; lat: number }, b: { lon: number; lat: number }): number {
  const rad = Math.PI / 180;
  const h =
    Math.sin(((b.lat - a.lat) * rad) / 2) ** 2 +
    Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(((b.lon - a.lon) * rad) / 2) ** 2;
  return 2 * 6_371_000 * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** A distance that pretends no more than it knows, in km: 20 m → `0.1`, 340 m → `0.3`, 12 300 m → `12`. */
export function kilometres(distance_m: number): string {
  const km = Math.max(0.1, distance_m / 1000);
  return km < 10 ? km.toFixed(1) : String(Math.round(km));
}
