/** What the screens of the organisation ask of the server, and the names of units for everybody else. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, call, read, type Tagged } from '../api/client.ts';
import type { CommandOptions } from '../api/command.ts';
import { useMay } from '../identity/me.ts';
import type { BothText } from '../ui/both.ts';
import { useBoth } from '../ui/both.ts';

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}
type Method = (path: string, init?: unknown) => Promise<Answer<never>>;
const { GET, POST, PUT } = api as unknown as Record<'GET' | 'POST' | 'PUT', Method>;

export interface Unit {
  id: string;
  parent_id?: string | null;
  kind: 'headquarters' | 'branch' | 'technical_centre' | 'region';
  name: { zh_cn: string; en: string };
  zone: string;
  active: boolean;
  departments: { id: string; kind: string }[];
  version: number;
}

/** Every unit, closed ones too. */
export const unitsQuery = queryOptions({
  queryKey: ['org_unit', 'list'],
  queryFn: async (): Promise<Unit[]> => call(GET('/api/units')),
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
    return unit ? both(unit.name as BothText) : id.slice(0, 8);
  };
}
