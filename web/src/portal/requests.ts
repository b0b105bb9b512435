/** What the desk asks of the server about the customer's side. */
import { api, call } from '../api/client.ts';
import type { CommandOptions } from '../api/command.ts';
import { keys } from '../api/queries.ts';
import type { components, operations } from '../api/schema.d.ts';

type Schemas = components['schemas'];
export type CodeView = Schemas['PortalCodeView'];
export type CustomerSide = Schemas['CustomerSide'];
export type CustomerRequest = Schemas['CustomerRequestView'];
export type SmsView = Schemas['SmsView'];
export type RelayView = Schemas['RelayView'];

/** On what a code is printed. */
export type CodePlace = { of: 'asset' | 'employee'; id: string };

/** The code of a label or badge. */
export const codeQuery = ({ of, id }: CodePlace) => ({
  queryKey: keys.part(of, id, 'code'),
  queryFn: (): Promise<CodeView> =>
    of === 'asset'
      ? call(api.GET('/api/assets/{id}/label', { params: { path: { id } } }))
      : call(api.GET('/api/employees/{id}/badge-code', { params: { path: { id } } })),
});

export const makeCode = ({ of, id }: CodePlace, body: Schemas['CodeReason'], options: CommandOptions) =>
  of === 'asset'
    ? call(api.POST('/api/assets/{id}/label', { params: { path: { id } }, body, ...options }))
    : call(api.POST('/api/employees/{id}/badge-code', { params: { path: { id } }, body, ...options }));

export const revokeCode = ({ of, id }: CodePlace, body: Schemas['CodeReason'], options: CommandOptions) =>
  of === 'asset'
    ? call(api.POST('/api/assets/{id}/label/revoke', { params: { path: { id } }, body, ...options }))
    : call(api.POST('/api/employees/{id}/badge-code/revoke', { params: { path: { id } }, body, ...options }));

/** What the customer of a case asked and sent, and the links to it. */
export const sideQuery = (id: string) => ({
  queryKey: keys.part('case', id, 'customer_side'),
  queryFn: () => call(api.GET('/api/cases/{id}/customer-side', { params: { path: { id } } })),
});

export const makeLink = (id: string, options: CommandOptions) =>
  call(api.POST('/api/cases/{id}/tracking-links', { params: { path: { id } }, ...options }));

export const revokeLink = (id: string, options: CommandOptions) =>
  call(api.POST('/api/tracking-links/{id}/revoke', { params: { path: { id } }, ...options }));

export const requestViews = ['open', 'mine'] as const satisfies readonly NonNullable<
  NonNullable<operations['list_customer_requests']['parameters']['query']>['view']
>[];
export type RequestList = (typeof requestViews)[number];

/** Everything that reads what nobody has answered. Events of cases read it again. */
export const openRequestsKey = keys.list('case', { of: 'customer_requests' });

export const requestsKey = (view: RequestList) => keys.list('case', { of: 'customer_requests', view });

/** A page of what nobody has answered, the longest waiting first. */
export const openRequests = (query: { view: RequestList; limit?: number; after?: string | undefined }) =>
  call(api.GET('/api/customer-requests', { params: { query } }));

/** The first of both lists, for the home page. */
export const waitingQuery = {
  queryKey: keys.list('case', { of: 'customer_requests', first: true }),
  queryFn: async () => {
    const [mine, all] = await Promise.all([
      openRequests({ view: 'mine', limit: 100 }),
      openRequests({ view: 'open', limit: 100 }),
    ]);
    return { mine: mine.items, all: all.items };
  },
};

export const answerRequest = (id: string, body: Schemas['AnswerRequest'], options: CommandOptions) =>
  call(api.POST('/api/customer-requests/{id}/answer', { params: { path: { id } }, body, ...options }));

export const smsQuery = { queryKey: ['sms_settings', 'one'], queryFn: () => call(api.GET('/api/sms-settings')) };
export const changeSms = (body: Schemas['SmsInput'], options: CommandOptions) =>
  call(api.PUT('/api/sms-settings', { body, ...options }));
export const testSms = (phone: string) => call(api.POST('/api/sms-settings/test', { body: { phone } }));

export const relayQuery = { queryKey: ['relay_settings', 'one'], queryFn: () => call(api.GET('/api/relay-settings')) };
export const changeRelay = (body: Schemas['RelayInput'], options: CommandOptions) =>
  call(api.PUT('/api/relay-settings', { body, ...options }));

export const pagesQuery = {
  queryKey: ['portal_settings', 'one'],
  queryFn: () => call(api.GET('/api/portal-settings')),
};
export const changePages = (link_days: number, options: CommandOptions) =>
  call(api.PUT('/api/portal-settings', { body: { link_days }, ...options }));
export const releaseCodes = (options: CommandOptions) => call(api.POST('/api/portal-settings/release', { ...options }));
