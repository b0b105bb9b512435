/** What the screens of care ask of the server. */
import { queryOptions } from '@tanstack/react-query';
import { api, call } from '../api/client.ts';
import type { CommandOptions } from '../api/command.ts';
import { keys } from '../api/queries.ts';
import type { components, operations } from '../api/schema.d.ts';

type Schemas = components['schemas'];
export type FollowUpRow = Schemas['FollowUpRow'];
export type FollowUpView = Schemas['FollowUpView'];
export type RecordFollowUp = Schemas['RecordFollowUp'];
export type SatisfactionReport = Schemas['SatisfactionReport'];
export type SatisfactionRow = Schemas['SatisfactionRow'];
export type SatisfactionBy = Schemas['SatisfactionBy'];

export const followUpViews = ['due', 'late', 'mine', 'done'] as const satisfies readonly NonNullable<
  NonNullable<operations['list_follow_ups']['parameters']['query']>['view']
>[];
export type FollowUpList = (typeof followUpViews)[number];

/** A page of follow-up calls. */
export const followUps = (query: { view: FollowUpList; limit?: number; after?: string | undefined }) =>
  call(api.GET('/api/follow-ups', { params: { query } }));

/** One follow-up call with its script. */
export const followUpQuery = (id: string) =>
  queryOptions({
    queryKey: keys.one('follow_up', id),
    queryFn: () => call(api.GET('/api/follow-ups/{id}', { params: { path: { id } } })),
  });

// A command without input still carries JSON: the server takes commands as JSON only.
export const startFollowUp = (id: string, options: CommandOptions) =>
  call(api.POST('/api/follow-ups/{id}/start', { params: { path: { id } }, body: {} as never, ...options }));

export const recordFollowUp = (id: string, body: RecordFollowUp, options: CommandOptions) =>
  call(api.POST('/api/follow-ups/{id}/record', { params: { path: { id } }, body, ...options }));

/** Satisfaction over a period. */
export const satisfactionQuery = (query: { from?: string; to?: string; by: SatisfactionBy }) =>
  queryOptions({
    queryKey: keys.list('follow_up', { satisfaction: query }),
    queryFn: () => call(api.GET('/api/reports/satisfaction', { params: { query } })),
    placeholderData: (before: SatisfactionReport | undefined) => before,
  });

/** The lists and the case that a recorded call changes. */
export const touched = (row: { id: string; case_id: string }) => [
  keys.one('follow_up', row.id),
  ['follow_up', 'list'],
  ['case', 'list'],
  ['case', row.case_id],
];
