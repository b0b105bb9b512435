/** The address of a list as a file. Pure. */
export function exportAddress(
  path: string,
  format: 'csv' | 'xlsx',
  query: Readonly<Record<string, unknown>>,
  columns: readonly string[],
): string {
  const all = new URLSearchParams({ format, columns: columns.join(',') });
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== null && value !== '') all.set(name, String(value));
  return `${path}?${all}`;
}
