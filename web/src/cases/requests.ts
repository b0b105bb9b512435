/** What the screens of cases ask of the server. */
import { queryOptions } from '@tanstack/react-query';
import { api, call, read, type Tagged } from '../api/client.ts';
import type { CommandOptions } from '../api/command.ts';
import { keys } from '../api/queries.ts';
import type { components, operations } from '../api/schema.d.ts';
import { serverNow } from '../api/server-clock.ts';

export type Schemas = components['schemas'];
export type CaseRow = Schemas['CaseRow'];
export type CaseView = Schemas['CaseView'];
export type CaseStep = Schemas['Step'];
export type CaseAnswer = Schemas['CaseAnswer'];
export type CasePromise = Schemas['CasePromise'];
export type Home = Schemas['Home'];
export type CaseCount = Schemas['CaseCount'];
export type CaseKind = Schemas['CaseKind'];
export type CaseState = Schemas['StateName'];
export type Severity = Schemas['Severity'];
export type TimelineItem = Schemas['TimelineEntry'];

/** The filters of the list. */
export type CaseFilter = NonNullable<operations['list_cases']['parameters']['query']>;

/** Data and the server's instant at which it was read: what is left of a clock counts from there. */
export type AsOf<T> = T & { as_of: number };

/** A page of cases. */
export const cases = (query: CaseFilter) => call(api.GET('/api/cases', { params: { query } }));

/** A case in full. */
export const caseQuery = (id: string) =>
  queryOptions({
    queryKey: keys.one('case', id),
    queryFn: async (): Promise<Tagged<AsOf<CaseView>>> => {
      const { data, etag } = await read(api.GET('/api/cases/{id}', { params: { path: { id } } }));
      return { data: { ...data, as_of: serverNow() }, etag };
    },
  });

/** A page of a timeline, newest first. */
export const timeline = (id: string, before: number | undefined) =>
  call(
    api.GET('/api/cases/{id}/timeline', {
      params: { path: { id }, query: { limit: 100, ...(before === undefined ? {} : { before }) } },
    }),
  );

/** The home page in one read: each part is there for whom it is meant. */
export const homeQuery = queryOptions({
  queryKey: keys.list('case', 'home'),
  queryFn: async (): Promise<AsOf<Home>> => ({ ...(await call(api.GET('/api/home'))), as_of: serverNow() }),
});

/** Whether the two calendars run now: a working-time clock stands still outside of its hours. */
export const hoursQuery = queryOptions({
  queryKey: keys.list('policy', 'service-hours'),
  queryFn: () => call(api.GET('/api/service-hours')),
  staleTime: 60_000,
  refetchInterval: 5 * 60_000,
});

/** A site with its contacts and devices. */
export const siteQuery = (id: string) =>
  queryOptions({
    queryKey: keys.one('site', id),
    queryFn: () => call(api.GET('/api/sites/{id}', { params: { path: { id } } })),
  });

/** The follow-up call that a case owes now. */
export const followUpOf = (case_id: string) =>
  queryOptions({
    queryKey: keys.list('case', { follow_up_of: case_id }),
    queryFn: async () => {
      const { items } = await call(api.GET('/api/follow-ups', { params: { query: { view: 'due', case: case_id } } }));
      return items[0]?.id ?? null;
    },
  });

/** The policy in force. */
export const policyQuery = queryOptions({
  queryKey: keys.list('policy', 'in-force'),
  queryFn: () => call(api.GET('/api/policy')),
  staleTime: 5 * 60_000,
});

/** The faults that can be chosen; a change of the catalogue refreshes them. */
export const faultsQuery = queryOptions({
  queryKey: ['fault_code', 'fault'],
  queryFn: () => call(api.GET('/api/fault-codes', { params: { query: { kind: 'fault' } } })),
  staleTime: 5 * 60_000,
});

/** The causes that can be chosen. */
export const causesQuery = queryOptions({
  queryKey: ['fault_code', 'cause'],
  queryFn: () => call(api.GET('/api/fault-codes', { params: { query: { kind: 'cause' } } })),
  staleTime: 5 * 60_000,
});

/** The templates of notes that can be chosen. */
export const noteTemplatesQuery = queryOptions({
  queryKey: ['note_template', 'list', 'active'],
  queryFn: () => call(api.GET('/api/note-templates')),
  staleTime: 5 * 60_000,
});

/** The last visits to the site of a case. */
export const pastVisitsQuery = (id: string) =>
  queryOptions({
    queryKey: keys.part('case', id, 'past-visits'),
    queryFn: () => call(api.GET('/api/cases/{id}/past-visits', { params: { path: { id } } })),
    staleTime: 60_000,
  });

/** What waits for a person at the phone: their own cases, then those that wait for anybody, the most urgent first. */
export const myQueueQuery = queryOptions({
  queryKey: keys.list('case', 'my-queue'),
  queryFn: async () => {
    const [mine, { phone_queue }] = await Promise.all([
      cases({ view: 'mine', limit: 100 }),
      call(api.GET('/api/home')),
    ]);
    const own = mine.items.filter(({ state }) => state === 'new' || state === 'triaged' || state === 'phone_support');
    const waiting = phone_queue?.items.filter(({ id }) => !own.some((each) => each.id === id)) ?? [];
    return [...own, ...waiting].map(({ id }) => ({ id }));
  },
  staleTime: 15_000,
});

/** Colleagues by the start of their name or badge number. */
export const colleagues = (q: string) =>
  call(api.GET('/api/employees', { params: { query: { limit: 20, ...(q ? { q } : {}) } } }));

const path = (id: string) => ({ params: { path: { id } } });

/** The commands on a case: one per step of the server's table. */
export const commands = {
  triage: (id: string, body: Schemas['TriageCase'], options: CommandOptions) =>
    call(api.POST('/api/cases/{id}/triage', { ...path(id), body, ...options })),
  start_phone_support: (id: string, body: Schemas['StartPhoneSupport'], options: CommandOptions) =>
    call(api.POST('/api/cases/{id}/phone-support', { ...path(id), body, ...options })),
  record_phone_result: (id: string, body: Schemas['RecordPhoneResult'], options: CommandOptions) =>
    call(api.POST('/api/cases/{id}/phone-result', { ...path(id), body, ...options })),
  agree_onsite: (id: string, body: Schemas['AgreeOnsite'], options: CommandOptions) =>
    call(api.POST('/api/cases/{id}/agree-onsite', { ...path(id), body, ...options })),
  wait: (id: string, body: Schemas['WaitCase'], options: CommandOptions) =>
    call(api.POST('/api/cases/{id}/wait', { ...path(id), body, ...options })),
  resume: (id: string, options: CommandOptions) =>
    call(api.POST('/api/cases/{id}/resume', { ...path(id), body: {}, ...options })),
  hand_over: (id: string, body: Schemas['OfferHandOver'], options: CommandOptions) =>
    call(api.POST('/api/cases/{id}/hand-over', { ...path(id), body, ...options })),
  accept_hand_over: (id: string, options: CommandOptions) =>
    call(api.POST('/api/cases/{id}/accept-hand-over', { ...path(id), body: {}, ...options })),
  decline_hand_over: (id: string, body: Schemas['CaseReason'], options: CommandOptions) =>
    call(api.POST('/api/cases/{id}/decline-hand-over', { ...path(id), body, ...options })),
  change_severity: (id: string, body: Schemas['ChangeSeverity'], options: CommandOptions) =>
    call(api.POST('/api/cases/{id}/severity', { ...path(id), body, ...options })),
  set_next_step: (id: string, body: Schemas['SetNextStep'], options: CommandOptions) =>
    call(api.POST('/api/cases/{id}/next-step', { ...path(id), body, ...options })),
  correct: (id: string, body: Schemas['CorrectCase'], options: CommandOptions) =>
    call(api.PUT('/api/cases/{id}', { ...path(id), body, ...options })),
  note: (id: string, body: Schemas['WriteNote'], options: CommandOptions) =>
    call(api.POST('/api/cases/{id}/note', { ...path(id), body, ...options })),
  escalate: (id: string, body: Schemas['CaseReason'], options: CommandOptions) =>
    call(api.POST('/api/cases/{id}/escalate', { ...path(id), body, ...options })),
  return_escalation: (id: string, body: Schemas['CaseReason'], options: CommandOptions) =>
    call(api.POST('/api/cases/{id}/return-escalation', { ...path(id), body, ...options })),
  set_parent: (id: string, body: Schemas['FollowCase'], options: CommandOptions) =>
    call(api.POST('/api/cases/{id}/parent', { ...path(id), body, ...options })),
  leave_parent: (id: string, options: CommandOptions) =>
    call(api.POST('/api/cases/{id}/leave-parent', { ...path(id), body: {}, ...options })),
  withdraw: (id: string, body: Schemas['CaseReason'], options: CommandOptions) =>
    call(api.POST('/api/cases/{id}/withdraw', { ...path(id), body, ...options })),
  merge: (id: string, body: Schemas['MergeCase'], options: CommandOptions) =>
    call(api.POST('/api/cases/{id}/merge', { ...path(id), body, ...options })),
  reopen: (id: string, body: Schemas['CaseReason'], options: CommandOptions) =>
    call(api.POST('/api/cases/{id}/reopen', { ...path(id), body, ...options })),
};
