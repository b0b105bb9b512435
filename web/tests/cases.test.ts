/** Cases: clocks for badges, severity by the answers, times of a zone, and words for every event of a timeline. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { choicesOf, looksLikeNumber } from '../src/calls/callers.ts';
import { badgeClock, type CaseClock, leadingClock } from '../src/cases/clocks.ts';
import { leadOf } from '../src/cases/next.ts';
import { promiseSentences } from '../src/cases/promise-words.tsx';
import { lookOf, titleOf } from '../src/cases/record/timeline-words.ts';
import type { CasePromise, TimelineItem } from '../src/cases/requests.ts';
import { severityOf } from '../src/cases/severity.ts';
import { fromWall, nextHour, toWall } from '../src/cases/wall-time.ts';
import { hasText, loadTexts, setLanguage, t } from '../src/i18n/index.ts';

beforeEach(async () => {
  await loadTexts(['common', 'status', 'cases', 'coverage', 'timeline']);
  await setLanguage('en', false);
});

const clock = (change: Partial<CaseClock>): CaseClock => ({
  id: 'c',
  promise: 'respond',
  status: 'running',
  calendar_name: { zh_cn: 'x', en: 'x' },
  working_time: false,
  started_at: '2026-10-09T08:00:00Z',
  due_at: '2026-10-09T09:00:00Z',
  remaining_s: 600,
  elapsed_s: 3000,
  target_s: 3600,
  provisional: false,
  severity: 'normal',
  policy_version: 1,
  history: [],
  ...change,
});

test('a working-time clock stands still while its calendar is closed; a stopped one is not shown', () => {
  const hours = [
    {
      calendar: 'five_by_eight' as const,
      name: { zh_cn: 'x', en: 'x' },
      open: false,
      changes_at: 'T',
      provisional: false,
    },
  ];
  const working = badgeClock(clock({ working_time: true }), 0, hours, (code) => code);
  expect(working).toMatchObject({ basis: 'working', ticking: false, changes_at: 'T' });
  expect(badgeClock(clock({}), 0, hours, (code) => code)).toMatchObject({ basis: 'natural', ticking: true });
  expect(badgeClock(clock({ status: 'stopped' }), 0, hours, (code) => code)).toBeUndefined();
});

test('the clock that runs and is due first leads, ended ones last', () => {
  const ended = clock({ id: 'ended', status: 'met', stopped_at: '2026-10-09T08:10:00Z' });
  const paused = clock({ id: 'paused', status: 'paused', due_at: null });
  const later = clock({ id: 'later', due_at: '2026-10-09T12:00:00Z' });
  const first = clock({ id: 'first' });
  expect(leadingClock([ended, paused, later, first])?.id).toBe('first');
  expect(leadingClock([ended, paused])?.id).toBe('paused');
  expect(leadingClock([clock({ status: 'stopped' })])).toBeUndefined();
});

test('p45 one grave answer makes a fault major, and gives its reason', () => {
  const question = (code: string, major_if: boolean) => ({
    code,
    major_if,
    question: { zh_cn: code, en: code },
    reason: { zh_cn: code, en: `because ${code}` },
  });
  const questions = [question('can_pass', false), question('all_lanes', true)];
  expect(severityOf(questions, {})).toEqual({ severity: 'normal', reasons: [], answered: 0 });
  expect(severityOf(questions, { can_pass: true, all_lanes: false })).toMatchObject({
    severity: 'normal',
    answered: 2,
  });
  const grave = severityOf(questions, { can_pass: false });
  expect([grave.severity, grave.reasons[0]?.en]).toEqual(['major', 'because can_pass']);
});

test('times of a zone go to instants and back, also around a clock change', () => {
  expect(fromWall('2026-11-22T14:05', 'Asia/Shanghai')).toBe('2026-11-22T06:05:00.000Z');
  expect(toWall(Date.parse('2026-11-22T06:05:00Z'), 'Asia/Shanghai')).toBe('2026-11-22T14:05');
  expect(fromWall('2026-03-29T03:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z');
  expect(fromWall('2026-03-29T01:30', 'Europe/Berlin')).toBe('2026-03-29T00:30:00.000Z');
  expect(fromWall('', 'Asia/Shanghai')).toBeUndefined();
  expect(nextHour(Date.parse('2026-11-22T06:05:00Z'), 2)).toBe(Date.parse('2026-11-22T08:00:00Z'));
});

test('the promise is said relative to its own moment, and with its day later on', () => {
  const promise: CasePromise = {
    severity: 'major',
    at: '2026-10-09T08:40:00Z',
    policy_version: 1,
    respond: {
      target_s: 900,
      calendar: 'round_the_clock',
      working_time: false,
      due_at: '2026-10-09T08:55:00Z',
      provisional: false,
    },
    arrive: { target_s: 14400, calendar: 'round_the_clock', working_time: false, due_at: null, provisional: false },
    arrive_from: 'onsite_agreed',
    open_now: true,
  };
  expect(promiseSentences(t, promise, 'Asia/Shanghai').join(' ')).toMatch(/16:55 today.*within 4 hours/);
  expect(promiseSentences(t, promise, 'Asia/Shanghai', true).join(' ')).toContain('16:55 on 2026-10-09');
});

test('Z#5117 Z#2144 callers stand first, without a name too, and several may be it', () => {
  const found = choicesOf({
    callers: [
      {
        contact_id: 'p',
        contact_name: '',
        role: '',
        phone_masked: '138****2008',
        customer_id: 'c',
        customer_name: 'Spruce',
        vip_level: 'none',
        unit_id: 'u',
        maybe: true,
      },
    ],
    cases: [{ id: 'k', number: 'SQ20261009-0001', state: 'new' }],
    customers: [],
    assets: [],
  });
  expect(found.map(({ kind, title, maybe }) => [kind, title, maybe])).toEqual([
    ['caller', '138****2008', true],
    ['case', 'SQ20261009-0001', false],
  ]);
  expect(['13800002008', '+86 29 8000 0001', '朝霞', 'SN2008000452'.slice(2, 6)].map(looksLikeNumber)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test('every event of a timeline has its words, a place among the chips, and no open placeholder', () => {
  const crates = resolve(import.meta.dirname, '../../crates');
  const kinds = new Set<string>();
  for (const crate of ['cases', 'policy', 'coverage', 'visits', 'care', 'pricing', 'portal', 'notifications']) {
    for (const path of readdirSync(join(crates, crate, 'src'), { recursive: true, encoding: 'utf8' })) {
      if (!path.endsWith('.rs')) continue;
      const source = readFileSync(join(crates, crate, 'src', path), 'utf8').split('#[cfg(test)]')[0] ?? '';
      for (const [, kind] of source.matchAll(
        /(?:Event::new|event|order_event|visit_event|Taken::(?:staff|customer)|tell|append)\([^"(){};]*"((?:case|call|clock|coverage|follow_up|visit|work_order|service_order|charge)\.[a-z_]+)"/g,
      )) {
        if (kind) kinds.add(kind);
      }
      for (const [, kind] of source.matchAll(/"(notification\.(?:delivered|failed|retried))"/g))
        if (kind) kinds.add(kind);
    }
  }
  expect(kinds.size).toBeGreaterThan(60);
  const context = { t, hasText, language: 'en' as const, zone: 'Asia/Shanghai', now_ms: 0 };
  for (const kind of kinds) {
    expect(hasText(`timeline.${kind}`), kind).toBe(true);
    const entry = {
      pos: 1,
      at: '',
      actor_kind: 'user',
      kind,
      subject_type: '',
      subject_id: '',
      audience: 'staff',
      body: {},
    };
    expect(titleOf(entry as unknown as TimelineItem, context), kind).not.toMatch(/[{}]/);
    expect(hasText(`timeline.group.${lookOf(kind)[0]}`), kind).toBe(true);
  }
});

test('a report by the customer reads as their own, a complaint as one', () => {
  const context = { t, hasText, language: 'en' as const, zone: 'Asia/Shanghai', now_ms: 0 };
  const told = (body: object) => titleOf({ kind: 'case.reported', body } as unknown as TimelineItem, context);
  const due = { respond_due_at: '2026-10-09T10:00:00Z' };
  expect(told({ kind: 'fault', channel: 'portal', ...due })).toMatch(/^reported it on the customer's own page/);
  expect(told({ kind: 'complaint', channel: 'portal', ...due })).toMatch(/^recorded the complaint/);
  expect(told({ kind: 'fault', channel: 'phone', ...due })).not.toMatch(/customer's own page/);
});

test('a verdict without a last day says so without a dash in its place', () => {
  const context = { t, hasText, language: 'en' as const, zone: 'Asia/Shanghai', now_ms: 0 };
  const decided = (body: object) => titleOf({ kind: 'coverage.decided', body } as unknown as TimelineItem, context);
  expect(decided({ verdict: 'undecided', until: null })).toBe('decided: Undecided');
  expect(decided({ verdict: 'covered', until: '2027-01-11' })).toBe('decided: Covered, until 2027-01-11');
});

describe('the next step leads to the screen it is taken on', () => {
  const order = { kind: 'work_order', key: 'w1', label: 'FW20261009-0001', since: '2026-10-09T00:00:00Z' };
  const owed = { ...order, kind: 'invoice_duty' };
  const next = (step: 'plan_visit' | 'visit' | 'follow_up_call') => ({ step, due_at: '2026-10-09T10:00:00Z' });
  const all = { may: () => true, follow_up_id: 'f1' };
  const at = (over: Partial<Parameters<typeof leadOf>[0]>) =>
    leadOf({ id: 'c1', state: 'onsite_agreed', blockers: [], next: next('plan_visit'), ...over }, all);

  test('from an agreed visit to its signed and paid end', () => {
    expect(at({})).toEqual({ key: 'plan_visit', to: '/work-orders/new', search: { case_id: 'c1' } });
    expect(at({ blockers: [order] })).toEqual({ key: 'assign', to: '/work-orders/w1', search: { assign: 1 } });
    expect(at({ blockers: [order], next: next('visit') })).toEqual({ key: 'visit', to: '/work-orders/w1' });
    expect(at({ state: 'in_field', blockers: [order], next: next('visit') })?.key).toBe('visit');
    const mended = { state: 'follow_up', next: next('follow_up_call') } as const;
    expect(at({ ...mended, blockers: [owed] })).toEqual({ key: 'invoice', to: '/work-orders/w1' });
    expect(at(mended)).toEqual({ key: 'call', to: '/care/f1' });
    expect(at({ state: 'triaged' })).toBeUndefined();
  });

  test('and nowhere for whoever may not take it', () => {
    const view = { id: 'c1', state: 'onsite_agreed', blockers: [], next: next('plan_visit') } as const;
    expect(leadOf({ ...view, blockers: [] }, { may: () => false, follow_up_id: null })).toBeUndefined();
  });
});

test('calls codes of faults by the names of the catalogue', () => {
  const words = { found: { zh_cn: '机械不动作', en: 'Does not move' } };
  const entry = { kind: 'case.fault_found', body: { found: 'does_not_move', words } } as unknown as TimelineItem;
  const context = { t, hasText, zone: 'Asia/Shanghai', now_ms: 0 };
  expect(titleOf(entry, { ...context, language: 'en' })).toContain('Does not move');
  expect(titleOf(entry, { ...context, language: 'zh-CN' })).toContain('机械不动作');
});
