import type { CaseFilter } from './requests.ts';

/** The address of the file. Pure. */
export function exportAddress(format: 'csv' | 'xlsx', filter: CaseFilter, columns: readonly string[]): string {
  const query = new URLSearchParams({ format, columns: columns.join(',') });
  for (const [name, value] of Object.entries(filter)) if (value) query.set(name, String(value));
  return `/api/cases/export?${query}`;
}
