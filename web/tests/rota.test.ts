import { expect, test } from 'vitest';
import { minutesOf, mondayOf, type Rota, rotaOf, valuesOf } from '../src/organisation/rota.ts';

const rota: Rota = {
  cycle_weeks: 2,
  starts_on: '2026-10-05',
  backup_after_min: 20,
  turns: [
    ...[1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
      tier: 'primary' as const,
      employee_id: 'a',
      week: 1,
      weekday,
      from_min: 480,
      to_min: 1920,
    })),
    { tier: 'backup', employee_id: 'b', week: 2, weekday: 3, from_min: 1200, to_min: 1440 },
    { tier: 'primary', employee_id: 'c', on_date: '2026-10-10', from_min: 600, to_min: 720 },
  ],
};

test('p11_seven_days_alike_are_one_row_and_come_back_as_seven_turns', () => {
  const values = valuesOf(rota, '2026-10-09');
  expect(values.rows.map(({ days, from, to }) => `${days} ${from}-${to}`)).toEqual([
    'every 08:00-08:00',
    '3 20:00-00:00',
    'date 10:00-12:00',
  ]);
  const made = rotaOf(values);
  expect(made?.rota).toEqual(rota);
  expect(made?.origin).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 2]);
});

test('p11_a_row_that_is_not_whole_makes_no_rota', () => {
  const values = valuesOf(undefined, '2026-10-09');
  expect(values.starts_on).toBe('2026-10-05');
  const row = {
    tier: 'primary' as const,
    employee_id: 'a',
    week: 1,
    days: 'every',
    on_date: '',
    from: '08:00',
    to: '08:00',
  };
  expect(rotaOf({ ...values, rows: [row] })?.rota.turns).toHaveLength(7);
  for (const wrong of [{ employee_id: '' }, { from: '' }, { to: '25:00' }, { days: 'date' }]) {
    expect(rotaOf({ ...values, rows: [{ ...row, ...wrong }] })).toBeUndefined();
  }
});

test('p11_times_and_mondays', () => {
  expect([minutesOf('00:00'), minutesOf('23:59'), minutesOf('24:00'), minutesOf('8:00')]).toEqual([
    0,
    1439,
    undefined,
    undefined,
  ]);
  expect([mondayOf('2026-10-05'), mondayOf('2026-10-11')]).toEqual(['2026-10-05', '2026-10-05']);
});
