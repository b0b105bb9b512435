/** What the screens of the service policy and the holidays ask of the server. */
import { queryOptions } from '@tanstack/react-query';
import { api, call } from '../api/client.ts';
import type { CommandOptions } from '../api/command.ts';
import type { components } from '../api/schema.d.ts';

type Schemas = components['schemas'];
export type PolicyView = Schemas['PolicyView'];
export type Content = Schemas['PolicyContent'];
export type BySeverity = Schemas['BySeverity'];
export type EffectQuestion = Schemas['EffectQuestion'];
export type Holidays = Schemas['Holidays'];
export type HolidayYear = Schemas['HolidayYearView'];

/** A calendar as the engine writes it: hours of a week and what it does with the holiday lists. */
export interface Calendar {
  id: string;
  name: { zh_cn: string; en?: string };
  zone: string;
  hours: Record<string, { from: string; to: string }[]>;
  holidays: 'observe' | 'ignore';
}

export const chargeKinds = ['labour', 'parts', 'travel', 'postage', 'packing', 'training', 'patch', 'upgrade'] as const;
export type Payer = 'customer' | 'company';
type Period = { years: number } | { months: number } | { days: number };

/** The part of the promise that decides who pays; what this screen does not know is carried along untouched. */
export interface Coverage {
  acceptance_term: Period;
  repaired_part_term: Period;
  sold_part_term: Period;
  rework_term: Period;
  payer_matrix: Record<string, Record<string, Payer>>;
}

export const terms = ['acceptance_term', 'repaired_part_term', 'sold_part_term', 'rework_term'] as const;

/** The number and the unit of a period. */
export function periodOf(period: Period): { unit: 'years' | 'months' | 'days'; count: number } {
  if ('years' in period) return { unit: 'years', count: period.years };
  if ('months' in period) return { unit: 'months', count: period.months };
  return { unit: 'days', count: period.days };
}

export const policyQuery = queryOptions({
  queryKey: ['policy', 'in_force'],
  queryFn: () => call(api.GET('/api/policy')),
});

export const versionsQuery = queryOptions({
  queryKey: ['policy', 'versions'],
  queryFn: () => call(api.GET('/api/policy/versions')),
});

export const versionQuery = (version: number) =>
  queryOptions({
    queryKey: ['policy', 'version', version],
    queryFn: () => call(api.GET('/api/policy/versions/{version}', { params: { path: { version } } })),
  });

export const makeVersion = (body: Schemas['MakePolicyVersion'], options: CommandOptions) =>
  call(api.POST('/api/policy/versions', { body, ...options }));

export const holidaysQuery = queryOptions({
  queryKey: ['holiday_year', 'list'],
  queryFn: () => call(api.GET('/api/holidays')),
});

export const importHolidays = (body: Schemas['ImportHolidays'], options: CommandOptions) =>
  call(api.POST('/api/holidays', { body, ...options }));
