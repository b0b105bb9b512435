/** Pure pieces of the settings and customer screens: typed text into values, expiry, the tree of units. */
import { expect, test } from 'vitest';
import { loadTexts, setLanguage, t } from '../src/i18n/index.ts';
import { whyNotSent } from '../src/notifications/why.ts';
import { clockMinutes, clockText, expiry } from '../src/organisation/employee-values.ts';
import type { Unit } from '../src/organisation/requests.ts';
import { treeOf } from '../src/organisation/units.desk.tsx';
import { readDays } from '../src/policy/holidays.desk.tsx';
import { periodOf } from '../src/policy/requests.ts';
import { toMinor } from '../src/pricing/prices.desk.tsx';
import { wholeNumber } from '../src/ui/whole-number.ts';

test('yuan as typed become fen to the cent, and no other text does', () => {
  expect([toMinor('0'), toMinor('1.5'), toMinor('19.99'), toMinor(' 1234567.01 ')]).toEqual([0, 150, 1999, 123456701]);
  for (const bad of ['', '1.234', '-1', '1,000', 'free']) expect(toMinor(bad)).toBeNaN();
});

test('holiday lines are a date and a name; a line without a date is named', () => {
  expect(readDays('2027-01-01 New Year\n\n tomorrow \n2027-02-06')).toEqual({
    days: [
      { date: '2027-01-01', name: 'New Year' },
      { date: '2027-02-06', name: '' },
    ],
    wrong: ['tomorrow'],
  });
});

test('a certificate is warned about for 60 days and expires after its last day', () => {
  const now = Date.parse('2026-11-22T08:00:00+08:00');
  expect(expiry(null, now)).toBe('valid');
  expect(expiry('2027-06-01', now)).toBe('valid');
  expect(expiry('2026-12-20', now)).toBe('soon');
  expect(expiry('2026-11-22', now)).toBe('soon');
  expect(expiry('2026-11-21', now)).toBe('expired');
});

test('times of a shift are minutes of the day, up to 24:00', () => {
  expect([clockMinutes('09:30'), clockMinutes('24:00'), clockText(570), clockText(1440)]).toEqual([
    570,
    1440,
    '09:30',
    '24:00',
  ]);
  for (const bad of ['', '9', '09:75', '24:01', 'noon']) expect(clockMinutes(bad)).toBeNaN();
});

test('units stand below their parents, and a period names its unit', () => {
  const unit = (id: string, parent_id: string | null): Unit => ({
    id,
    parent_id,
    kind: 'branch',
    name: { zh_cn: id, en: id },
    zone: 'Asia/Shanghai',
    active: true,
    departments: [],
    version: 1,
  });
  const tree = treeOf([unit('b', 'a'), unit('c', 'b'), unit('a', null), unit('d', 'a')]);
  expect(tree.map(({ unit: { id }, depth }) => `${depth}${id}`)).toEqual(['0a', '1b', '2c', '1d']);
  expect(periodOf({ months: 3 })).toEqual({ unit: 'months', count: 3 });
});

test('why a message did not leave is said in words, with the technical text beside them', async () => {
  await setLanguage('en', false);
  await loadTexts(['notifications']);
  expect(whyNotSent(t, { failure: 'restored', last_error: null })?.words).toMatch(/^Not sent: the system was restored/);
  const said = 'mail.example.cn: 550 mailbox unknown';
  expect(whyNotSent(t, { failure: 'refused', last_error: said })).toEqual({
    words: 'The receiver did not take it',
    detail: said,
  });
  expect(whyNotSent(t, { failure: null, last_error: null })).toBeUndefined();
});

test('days as typed are whole and within their range', () => {
  expect([wholeNumber(' 7 ', [7, 3650]), wholeNumber('3650', [7, 3650])]).toEqual([7, 3650]);
  for (const bad of ['', '6', '3651', '7.5', '-8', '1e2', 'week']) expect(wholeNumber(bad, [7, 3650])).toBeNaN();
});
