/** What the screens of imports ask of the server. */
import { api, call, read } from '../api/client.ts';
import type { CommandOptions } from '../api/command.ts';
import type { components } from '../api/schema.d.ts';
import { currentLanguage } from '../i18n/index.ts';

type Schemas = components['schemas'];
export type Import = Schemas['ImportView'];
export type ImportReport = Schemas['ImportReport'];
export type ListedImport = Schemas['ListedImport'];
export type TableKind = Schemas['TableKind'];

/** In the order in which they are brought in: later tables refer to earlier ones. */
export const tableKinds: readonly TableKind[] = ['customers', 'sites', 'contacts', 'assets'];
export const mostBytes = 20 * 1024 * 1024;

export const imports = () => call(api.GET('/api/imports'));

export const importOf = (id: string) => read(api.GET('/api/imports/{id}', { params: { path: { id } } }));

/** A table on its way: the file goes as it is. */
export interface Sending {
  kind: TableKind;
  source: string;
  file: File;
  /** Tells one file from another: a file itself has no words to compare. */
  stamp: string;
}

export const stampOf = ({ name, size, lastModified }: File): string => `${name} ${size} ${lastModified}`;

export const sendImport = ({ kind, source, file }: Sending, { headers }: CommandOptions) =>
  call(
    api.POST('/api/imports', {
      params: { query: { kind, file_name: file.name, ...(source.trim() && { source: source.trim() }) } },
      body: file,
      bodySerializer: (body) => body,
      headers: { ...headers, 'Content-Type': 'application/octet-stream' },
    }),
  );

export const storeImport = (id: string, options: CommandOptions) =>
  call(api.POST('/api/imports/{id}/store', { params: { path: { id } }, body: {}, ...options }));

export const dropImport = (id: string, options: CommandOptions) =>
  call(api.POST('/api/imports/{id}/drop', { params: { path: { id } }, body: {}, ...options }));

/** The browser fetches these files itself: their address says in which language. */
export const templateAddress = (kind: TableKind, format: 'xlsx' | 'csv') =>
  `/api/import-templates?${new URLSearchParams({ kind, format, lang: currentLanguage() })}`;

export const faultsAddress = (id: string, format: 'xlsx' | 'csv') =>
  `/api/imports/${encodeURIComponent(id)}/faults?${new URLSearchParams({ format, lang: currentLanguage() })}`;

/** Whether it goes on by itself: then it is asked again. */
export const runs = ({ state }: Pick<Import, 'state'>): boolean => state === 'checking' || state === 'storing';

/** What a person can do with it now. */
export function steps(view: Pick<Import, 'state' | 'report'>): { store: boolean; drop: boolean } {
  const fine = view.report !== null && view.report !== undefined && view.report.bad === 0 && !view.report.refusal;
  const work = (view.report?.new ?? 0) + (view.report?.changed ?? 0) > 0;
  return { store: view.state === 'checked' && fine && work, drop: view.state === 'checked' };
}
