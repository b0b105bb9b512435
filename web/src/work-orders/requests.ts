/** What the screens of work orders and visits ask of the server. */
import { queryOptions } from '@tanstack/react-query';
import { api, call, read, type Tagged } from '../api/client.ts';
import type { CommandOptions } from '../api/command.ts';
import { keys } from '../api/queries.ts';
import type { components, operations } from '../api/schema.d.ts';
import { serverNow } from '../api/server-clock.ts';

export type Schemas = components['schemas'];
export type OrderRow = Schemas['WorkOrderRow'];
export type OrderView = Schemas['WorkOrderView'];
export type OrderKind = Schemas['WorkOrderKind'];
export type VisitBrief = Schemas['VisitBrief'];
export type VisitLock = Schemas['VisitLock'];
export type VisitView = Schemas['VisitView'];
export type Proposal = Schemas['Proposal'];
export type Proposals = Schemas['Proposals'];
export type Quicker = Schemas['Quicker'];
export type OfferedWindow = Schemas['OfferedWindow'];
export type OfferedWindows = Schemas['OfferedWindows'];
export type Charge = Schemas['ChargeView'];

/** The filters of the list. */
export type OrderFilter = NonNullable<operations['list_work_orders']['parameters']['query']>;

/** Data and the server's instant at which it was read: what is left of a clock counts from there. */
export type AsOf<T> = T & { as_of: number };

/** A page of work orders. */
export const workOrders = (query: OrderFilter) => call(api.GET('/api/work-orders', { params: { query } }));

/** A work order in full. */
export const workOrderQuery = (id: string) =>
  queryOptions({
    queryKey: keys.one('work_order', id),
    queryFn: async (): Promise<Tagged<AsOf<OrderView>>> => {
      const { data, etag } = await read(api.GET('/api/work-orders/{id}', { params: { path: { id } } }));
      return { data: { ...data, as_of: serverNow() }, etag };
    },
  });

/** A visit in full: stamps, evidence, removed parts. */
export const visitQuery = (id: string) =>
  queryOptions({
    queryKey: keys.one('visit', id),
    queryFn: () => call(api.GET('/api/visits/{id}', { params: { path: { id } } })),
  });

/** Who can go, the best first, and who can't, with the reasons. It is reckoned anew each time it is opened. */
export const proposalsQuery = (id: string) =>
  queryOptions({
    queryKey: keys.part('work_order', id, 'proposals'),
    queryFn: () => call(api.GET('/api/work-orders/{id}/proposals', { params: { path: { id } } })),
    staleTime: 5_000,
  });

/** The same, and who would be there sooner if visits of theirs went to others. Reckoned when it is asked, and then left alone. */
export const fastestQuery = (id: string) =>
  queryOptions({
    queryKey: ['fastest', id],
    queryFn: () =>
      call(api.GET('/api/work-orders/{id}/proposals', { params: { path: { id }, query: { moving: true } } })),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });

/** What it does that somebody goes at a time chosen by hand. What was said before stands until it is said anew. */
export const effectQuery = (id: string, of: { engineer: string; start: string; duration_min: number } | undefined) =>
  queryOptions({
    queryKey: keys.part('work_order', id, `effect.${of?.engineer}.${of?.start}.${of?.duration_min}`),
    enabled: of !== undefined,
    queryFn: ({ signal }) =>
      call(
        api.GET('/api/work-orders/{id}/effect', {
          params: { path: { id }, query: of ?? { engineer: '', start: '' } },
          signal,
        }),
      ),
    staleTime: 5_000,
  });

/** What windows are asked for: a work order, or a case that has none, with what the visit needs. */
export type WindowsOf = { order_id: string } | { case_id: string; skill?: string; duration_min?: number };

/** The windows that can be promised. They are reckoned anew each time they are opened. */
export const windowsQuery = (of: WindowsOf) =>
  queryOptions({
    queryKey:
      'order_id' in of
        ? keys.part('work_order', of.order_id, 'windows')
        : [...keys.part('case', of.case_id, 'windows'), of.skill ?? '', of.duration_min ?? 0],
    // What is asked for otherwise meanwhile is asked for no more.
    queryFn: ({ signal }) => {
      if ('order_id' in of) {
        return call(api.GET('/api/work-orders/{id}/windows', { params: { path: { id: of.order_id } }, signal }));
      }
      const query = {
        ...(of.skill ? { skill: of.skill } : {}),
        ...(of.duration_min ? { duration_min: of.duration_min } : {}),
      };
      return call(api.GET('/api/cases/{id}/windows', { params: { path: { id: of.case_id }, query }, signal }));
    },
    staleTime: 5_000,
  });

const at = (id: string) => ({ params: { path: { id } } });
// A change of a record names the version it is based on, so that nothing is overwritten unseen.
const based = (version: number, { headers }: CommandOptions): CommandOptions => ({
  headers: { ...headers, 'If-Match': `"${version}"` },
});

/** A visit and the version of it that the person saw. */
export interface SeenVisit {
  id: string;
  version: number;
  /** Who said that it stays as it is, if somebody did. */
  lock?: VisitLock | null | undefined;
}

/** The commands of a desk on work orders and visits. */
export const commands = {
  create: (case_id: string, body: Schemas['NewWorkOrder'], options: CommandOptions) =>
    call(api.POST('/api/cases/{id}/work-orders', { ...at(case_id), body, ...options })),
  plan: (id: string, body: Schemas['PlanVisit'], options: CommandOptions) =>
    call(api.POST('/api/work-orders/{id}/visits', { ...at(id), body, ...options })),
  cancel_order: (id: string, version: number, body: Schemas['CancelWorkOrder'], options: CommandOptions) =>
    call(api.POST('/api/work-orders/{id}/cancel', { ...at(id), body, ...based(version, options) })),
  /** Moves and new visits of a plan by the versions that were seen: all of it happens, or nothing. */
  accept_plan: (body: Schemas['AcceptPlan'], options: CommandOptions) =>
    call(api.POST('/api/board/plan/accept', { body, ...options })),
  confirm: (visit: SeenVisit, options: CommandOptions) =>
    call(api.POST('/api/visits/{id}/confirm', { ...at(visit.id), body: {}, ...based(visit.version, options) })),
  dispatch: (visit: SeenVisit, options: CommandOptions) =>
    call(api.POST('/api/visits/{id}/dispatch', { ...at(visit.id), body: {}, ...based(visit.version, options) })),
  reassign: (visit: SeenVisit, body: Schemas['ReassignVisit'], options: CommandOptions) =>
    call(api.POST('/api/visits/{id}/reassign', { ...at(visit.id), body, ...based(visit.version, options) })),
  /** The visit stays with its engineer at its time, until it is unlocked. */
  lock: (visit: SeenVisit, body: Schemas['LockVisit'], options: CommandOptions) =>
    call(api.POST('/api/visits/{id}/lock', { ...at(visit.id), body, ...based(visit.version, options) })),
  unlock: (visit: SeenVisit, options: CommandOptions) =>
    call(api.POST('/api/visits/{id}/unlock', { ...at(visit.id), body: {}, ...based(visit.version, options) })),
  cancel_visit: (visit: SeenVisit, reason: string, options: CommandOptions) =>
    call(api.POST('/api/visits/{id}/cancel', { ...at(visit.id), body: { reason }, ...based(visit.version, options) })),
  break_off: (visit: SeenVisit, reason: string, options: CommandOptions) =>
    call(
      api.POST('/api/visits/{id}/break-off', { ...at(visit.id), body: { reason }, ...based(visit.version, options) }),
    ),
  issue_invoice: (id: string, body: Schemas['IssueInvoice'], options: CommandOptions) =>
    call(api.POST('/api/work-orders/{id}/invoice', { ...at(id), body, ...options })),
  override_payer: (id: string, charge: Charge, body: Schemas['OverridePayer'], options: CommandOptions) =>
    call(
      api.POST('/api/work-orders/{id}/charges/{charge_id}/payer', {
        params: { path: { id, charge_id: charge.id } },
        body,
        ...based(charge.version, options),
      }),
    ),
};

/** The address of a stored photo or signature. */
export const fileUrl = (sha256: string) => `/api/files/${sha256}`;

/** What a work order's change touches: lists, the board (kept with the case's lists), the record itself. */
export const touched = (order_id: string) => [
  keys.one('work_order', order_id),
  ['work_order', 'list'],
  ['case', 'list'],
  ['visit'],
];
