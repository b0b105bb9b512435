/** What taking a call asks of the server. */
import { queryOptions } from '@tanstack/react-query';
import { api, call } from '../api/client.ts';
import type { CommandOptions } from '../api/command.ts';
import { keys } from '../api/queries.ts';
import type { components } from '../api/schema.d.ts';

export type Schemas = components['schemas'];
export type Hotline = Schemas['Hotline'];
export type LookUp = Schemas['LookUpResult'];

/** One box for whatever a caller says. */
export const lookUp = (q: string) => call(api.GET('/api/look-up', { params: { query: { q } } }));

/** Every hotline; the dialled one is remembered on this device. */
export const hotlinesQuery = queryOptions({
  queryKey: keys.list('hotline'),
  queryFn: () => call(api.GET('/api/hotlines')),
  staleTime: 10 * 60_000,
});

/** What is open on a device or its site, and the repair that a new report may redo. */
export const openOnQuery = (site_id: string, asset_id: string | undefined) =>
  queryOptions({
    queryKey: keys.list('case', { open_on: site_id, asset_id }),
    queryFn: () =>
      call(api.GET('/api/cases/open-on', { params: { query: { site_id, ...(asset_id ? { asset_id } : {}) } } })),
  });

/** The promise as it would be given now; read again each half minute, because it moves with the time. */
export const promiseQuery = (severity: Schemas['Severity'], kind: Schemas['CaseKind'], asset?: string) =>
  queryOptions({
    queryKey: keys.list('policy', { promise: severity, kind, asset }),
    queryFn: () =>
      call(api.GET('/api/promise', { params: { query: { severity, kind, ...(asset ? { asset } : {}) } } })),
    staleTime: 15_000,
    refetchInterval: 30_000,
    placeholderData: (before) => before,
  });

/** The phone on one's desk, and the calls that ring there or are under way; read again when an event of a call comes. */
export const atDeskQuery = queryOptions({
  queryKey: keys.list('call', 'at-desk'),
  queryFn: () => call(api.GET('/api/calls/at-desk')),
  refetchInterval: 60_000,
});

/** Who may be calling, without the number. */
export const callerQuery = (id: string) =>
  queryOptions({
    queryKey: keys.part('call', id, 'caller'),
    queryFn: () => call(api.GET('/api/calls/{id}/caller', { params: { path: { id } } })),
  });

/** The same by the telephone system's name of the call; its word may come a moment after the softphone's. */
export const byExchangeQuery = (exchange_id: string) =>
  queryOptions({
    queryKey: keys.list('call', { exchange_id }),
    queryFn: () => call(api.GET('/api/calls/by-exchange', { params: { query: { call: exchange_id } } })),
    retry: 5,
    retryDelay: 800,
  });

/** What a call led to, where the telephone system keeps its times. */
export const settleCall = ({ id, ...body }: { id: string } & Schemas['SettleCall'], options: CommandOptions) =>
  call(api.POST('/api/calls/{id}/outcome', { params: { path: { id } }, body, ...options }));

export const setDeskPhone = (body: Schemas['SetDeskPhone'], options: CommandOptions) =>
  call(api.PUT('/api/desk-phone', { body, ...options }));

export const recordCall = (body: Schemas['RecordCall'], options: CommandOptions) =>
  call(api.POST('/api/calls', { body, ...options }));

export const endCall = ({ id, ...body }: { id: string } & Schemas['EndCall'], options: CommandOptions) =>
  call(api.POST('/api/calls/{id}/end', { params: { path: { id } }, body, ...options }));

/** What came of calling back after a missed call. */
export const callBack = ({ id, ...body }: { id: string } & Schemas['CallBack'], options: CommandOptions) =>
  call(api.POST('/api/calls/{id}/call-back', { params: { path: { id } }, body, ...options }));

/** The number of a missed caller, to be dialled once. */
export const revealCaller = (id: string, reason: string) =>
  call(api.POST('/api/calls/{id}/reveal', { params: { path: { id } }, body: { reason } }));

export const reportFault = (body: Schemas['ReportFault'], options: CommandOptions) =>
  call(api.POST('/api/cases', { body, ...options }));

export const createCustomer = (body: Schemas['CustomerInput'], options: CommandOptions) =>
  call(api.POST('/api/customers', { body, ...options }));

export const createSite = (body: Schemas['NewSite'], options: CommandOptions) =>
  call(api.POST('/api/sites', { body, ...options }));

/** Divisions below one, or the provinces. */
export const divisions = (parent: string | undefined) =>
  call(api.GET('/api/divisions', { params: { query: parent ? { parent } : {} } }));

const dialledKey = 'aftercare.dialled';

/** The hotline that was dialled last on this device. */
export function lastDialled(): string {
  try {
    return localStorage.getItem(dialledKey) ?? '';
  } catch {
    return '';
  }
}

/** Remembers the dialled hotline; a browser that refuses storage asks again next time. */
export function rememberDialled(number: string): void {
  try {
    localStorage.setItem(dialledKey, number);
  } catch {
    // See above.
  }
}
