/** What the desk asks of the server about complaints. */
import { queryOptions } from '@tanstack/react-query';
import { api, call } from '../api/client.ts';
import type { CommandOptions } from '../api/command.ts';
import { keys } from '../api/queries.ts';
import type { components, operations } from '../api/schema.d.ts';

type Schemas = components['schemas'];
export type ComplaintRow = Schemas['ComplaintRow'];
export type ComplaintView = Schemas['ComplaintView'];

export const complaintViews = ['owed', 'mine', 'late', 'answered', 'closed'] as const satisfies readonly NonNullable<
  NonNullable<operations['list_complaints']['parameters']['query']>['view']
>[];
export type ComplaintList = (typeof complaintViews)[number];

/** Events of the case read these again: a complaint is a case. */
const list = (filter: object) => keys.list('case', { of: 'complaints', ...filter });

export const complaintsKey = (view: ComplaintList) => list({ view });

/** A page of complaints. */
export const complaints = (query: { view: ComplaintList; limit?: number; after?: string | undefined }) =>
  call(api.GET('/api/complaints', { params: { query } }));

/** The first of those to answer, for the home page. */
export const owedQuery = queryOptions({
  queryKey: list({ first: true }),
  queryFn: () => complaints({ view: 'owed', limit: 50 }),
});

export const complaintQuery = (id: string) =>
  queryOptions({
    queryKey: keys.part('case', id, 'complaint'),
    queryFn: () => call(api.GET('/api/complaints/{id}', { params: { path: { id } } })),
  });

export const acknowledge = (id: string, options: CommandOptions) =>
  call(api.POST('/api/complaints/{id}/acknowledge', { params: { path: { id } }, body: {} as never, ...options }));

export const answerComplaint = (id: string, body: Schemas['AnswerComplaint'], options: CommandOptions) =>
  call(api.POST('/api/complaints/{id}/answer', { params: { path: { id } }, body, ...options }));

export const reactToAnswer = (id: string, body: Schemas['ReactToAnswer'], options: CommandOptions) =>
  call(api.POST('/api/complaints/{id}/reaction', { params: { path: { id } }, body, ...options }));

export const concernPeople = (id: string, body: Schemas['ConcernPeople'], options: CommandOptions) =>
  call(api.POST('/api/complaints/{id}/concerned', { params: { path: { id } }, body, ...options }));

/** What a step on a complaint changes. */
export const touchedBy = (id: string) => [
  ['case', id],
  ['case', 'list'],
];
