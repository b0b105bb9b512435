/** What the screens of the organisation ask of the server, and the names of units for everybody else. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, call, read } from '../api/client.ts';
import type { CommandOptions } from '../api/command.ts';
import type { components } from '../api/schema.d.ts';
import { useMay } from '../identity/me.ts';
import { useBoth } from '../ui/both.ts';

export type Schemas = components['schemas'];
export type Unit = Schemas['Unit'];
export type UnitKind = Schemas['UnitKind'];
export type DepartmentKind = Schemas['DepartmentKind'];
export type Hotline = Schemas['Hotline'];
export type Employee = Schemas['Employee'];
export type EmployeeInput = Schemas['EmployeeInput'];
export type Jurisdictions = Schemas['Jurisdictions'];
export type Division = Schemas['DivisionView'];
export type Headcount = Schemas['Headcount'];
export type Shift = Schemas['Shift'];
export type Role = Schemas['Role'];
export type Education = Schemas['Education'];

export const departmentKinds: readonly DepartmentKind[] = ['engineering', 'after_sales', 'technical_service'];
export const educations: readonly Education[] = ['secondary', 'college', 'bachelor', 'master', 'doctor'];
/** Skill codes that the catalogue has words for; a company may add its own. */
export const skillCodes = ['barrier', 'access_control', 'turnstile', 'software', 'network'] as const;

/** Every unit, closed ones too. */
export const unitsQuery = queryOptions({
  queryKey: ['unit', 'list'],
  queryFn: () => call(api.GET('/api/units')),
  staleTime: 5 * 60_000,
});

/** The units that the person may name; empty while they are read. */
export function useUnits(): readonly Unit[] {
  const may = useMay();
  return useQuery({ ...unitsQuery, enabled: may('organisation.read') }).data ?? [];
}

/** `const unitName = useUnitName(); unitName(id)`; an em dash for none. */
export function useUnitName(): (id: string | null | undefined) => string {
  const units = useUnits();
  const both = useBoth();
  return (id) => {
    if (!id) return '—';
    const unit = units.find((each) => each.id === id);
    return unit ? both(unit.name) : `…${id.slice(-6)}`;
  };
}

export const foundUnit = (body: Schemas['FoundUnit'], options: CommandOptions) =>
  call(api.POST('/api/units', { body, ...options }));

export const changeUnit = (id: string, body: Schemas['ChangeUnit'], options: CommandOptions) =>
  call(api.PUT('/api/units/{id}', { params: { path: { id } }, body, ...options }));

export const hotlinesQuery = queryOptions({
  queryKey: ['hotline', 'list'],
  queryFn: () => call(api.GET('/api/hotlines')),
});

export const registerHotline = (body: Schemas['HotlineInput'], options: CommandOptions) =>
  call(api.POST('/api/hotlines', { body, ...options }));

export const changeHotline = (id: string, body: Schemas['HotlineInput'], options: CommandOptions) =>
  call(api.PUT('/api/hotlines/{id}', { params: { path: { id } }, body, ...options }));

/** How the units within reach stand for the next 30 days. */
export const onCallQuery = queryOptions({
  queryKey: ['on_call', 'list'],
  queryFn: () => call(api.GET('/api/on-call')),
  refetchInterval: 10 * 60_000,
});

/** A unit's rota and what it means. */
export const rotaQuery = (unit_id: string) =>
  queryOptions({
    queryKey: ['on_call', unit_id],
    queryFn: () => call(api.GET('/api/on-call/{unit_id}', { params: { path: { unit_id } } })),
  });

/** What a rota would mean; changes nothing. */
export const previewRota = (unit_id: string, rota: Schemas['Rota']) =>
  call(api.POST('/api/on-call/{unit_id}/preview', { params: { path: { unit_id } }, body: { rota } }));

export const saveRota = (unit_id: string, body: Schemas['SaveRota'], options: CommandOptions) =>
  call(api.PUT('/api/on-call/{unit_id}', { params: { path: { unit_id } }, body, ...options }));

export const employees = (query: {
  q?: string | undefined;
  unit_id?: string | undefined;
  role?: Role | undefined;
  skill?: string | undefined;
  all?: boolean | undefined;
  limit?: number;
  after?: string | undefined;
}) => call(api.GET('/api/employees', { params: { query } }));

export const employee = (id: string) => read(api.GET('/api/employees/{id}', { params: { path: { id } } }));

export const employ = (body: EmployeeInput, options: CommandOptions) =>
  call(api.POST('/api/employees', { body, ...options }));

export const changeEmployee = (id: string, body: EmployeeInput, options: CommandOptions) =>
  call(api.PUT('/api/employees/{id}', { params: { path: { id } }, body, ...options }));

export const jurisdictionsQuery = queryOptions({
  queryKey: ['jurisdiction', 'map'],
  queryFn: () => call(api.GET('/api/jurisdictions')),
});

export const saveMap = (body: Schemas['SaveMap'], options: CommandOptions) =>
  call(api.PUT('/api/jurisdictions', { body, ...options }));

export const moveDivisions = (body: Schemas['MoveDivisions'], options: CommandOptions) =>
  call(api.POST('/api/jurisdictions/move', { body, ...options }));

/** The divisions directly below a code; the provinces without one. They change once a year at most. */
export const divisionsQuery = (parent: string | undefined) =>
  queryOptions({
    queryKey: ['jurisdiction', 'below', parent ?? ''],
    queryFn: () => call(api.GET('/api/divisions', { params: { query: parent ? { parent } : {} } })),
    staleTime: 10 * 60_000,
  });

/** Divisions whose full name contains the text, or whose code begins with it. */
export const findDivisions = (q: string) => call(api.GET('/api/divisions', { params: { query: { q } } }));

/** The full name of a division in one line; its code while it is read. */
export function useDivisionName(code: string | null | undefined): string {
  const query = useQuery({
    queryKey: ['division', 'one', code ?? ''],
    queryFn: () => findDivisions(code ?? ''),
    enabled: Boolean(code),
    staleTime: 10 * 60_000,
  });
  return query.data?.find((each) => each.code === code)?.full_name ?? code ?? '—';
}

export const headcountQuery = queryOptions({
  queryKey: ['employee', 'headcount'],
  queryFn: () => call(api.GET('/api/headcount')),
});
