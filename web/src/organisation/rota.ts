/** A rota as its form holds it: rows as people say them, times as they are read. Pure. */
import type { components } from '../api/schema.d.ts';

type Schemas = components['schemas'];
export type Rota = Schemas['Rota'];
export type Turn = Schemas['Turn'];
export type Tier = Schemas['Tier'];

/** A row of the form: one turn, or the same turn on all days of a week. */
export interface Row {
  tier: Tier;
  employee_id: string;
  week: number;
  /** `every`, `1` Monday to `7` Sunday; for an exception `date`. */
  days: string;
  on_date: string;
  /** `08:00`; an end that is not after the beginning is on the next day. */
  from: string;
  to: string;
}

export interface RotaValues {
  cycle_weeks: string;
  starts_on: string;
  backup_after_min: string;
  rows: readonly Row[];
}

const clock = (minute: number) =>
  `${String(Math.floor((minute % 1440) / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** Minutes of a `HH:MM`; undefined if it is none. */
export function minutesOf(text: string): number | undefined {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  return match ? Number(match[1]) * 60 + Number(match[2]) : undefined;
}

/** The Monday of the week of a day `2026-10-09`. */
export function mondayOf(day: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() - ((at.getUTCDay() + 6) % 7));
  return at.toISOString().slice(0, 10);
}

/** The form's values of a rota; of an empty one where there is none yet. Turns alike on all seven days are one row. */
export function valuesOf(rota: Rota | null | undefined, today: string): RotaValues {
  const rows: Row[] = [];
  const taken = new Set<Turn>();
  for (const turn of rota?.turns ?? []) {
    if (taken.has(turn)) continue;
    const alike = (rota?.turns ?? []).filter(
      (other) =>
        other.week &&
        other.week === turn.week &&
        other.tier === turn.tier &&
        other.employee_id === turn.employee_id &&
        other.from_min === turn.from_min &&
        other.to_min === turn.to_min,
    );
    const every = new Set(alike.map(({ weekday }) => weekday)).size === 7;
    for (const each of every ? alike : [turn]) taken.add(each);
    rows.push({
      tier: turn.tier,
      employee_id: turn.employee_id,
      week: turn.week ?? 1,
      days: every ? 'every' : turn.on_date ? 'date' : String(turn.weekday ?? 1),
      on_date: turn.on_date ?? '',
      from: clock(turn.from_min),
      to: clock(turn.to_min),
    });
  }
  return {
    cycle_weeks: String(rota?.cycle_weeks ?? 1),
    starts_on: rota?.starts_on ?? mondayOf(today),
    backup_after_min: String(rota?.backup_after_min ?? 10),
    rows,
  };
}

/** The rota of a form, and for each of its turns the row it came from; undefined while a row is not whole. */
export function rotaOf(values: RotaValues): { rota: Rota; origin: readonly number[] } | undefined {
  const turns: Turn[] = [];
  const origin: number[] = [];
  for (const [index, row] of values.rows.entries()) {
    const from_min = minutesOf(row.from);
    const end = minutesOf(row.to);
    if (from_min === undefined || end === undefined || !row.employee_id) return undefined;
    if (row.days === 'date' && !row.on_date) return undefined;
    const common = {
      tier: row.tier,
      employee_id: row.employee_id,
      from_min,
      to_min: end > from_min ? end : end + 1440,
    };
    const days = row.days === 'every' ? [1, 2, 3, 4, 5, 6, 7] : [Number(row.days)];
    const made: Turn[] =
      row.days === 'date'
        ? [{ ...common, on_date: row.on_date }]
        : days.map((weekday) => ({ ...common, week: row.week, weekday }));
    turns.push(...made);
    origin.push(...made.map(() => index));
  }
  const cycle_weeks = Number(values.cycle_weeks);
  const backup_after_min = Number(values.backup_after_min);
  if (!Number.isInteger(cycle_weeks) || !Number.isInteger(backup_after_min) || !values.starts_on) return undefined;
  return { rota: { cycle_weeks, starts_on: values.starts_on, backup_after_min, turns }, origin };
}
