/** What the dispatcher's board asks of the server. */
import { queryOptions } from '@tanstack/react-query';
import { api, call } from '../api/client.ts';
import type { CommandOptions } from '../api/command.ts';
import { keys } from '../api/queries.ts';
import type { components } from '../api/schema.d.ts';
import { cases } from '../cases/requests.ts';
import { workOrders } from '../work-orders/requests.ts';

type Schemas = components['schemas'];
export type Board = Schemas['Board'];
export type BoardEngineer = Schemas['BoardEngineer'];
export type BoardBlock = Schemas['BoardBlock'];
export type BoardOrder = Schemas['BoardOrder'];
export type BoardCounts = Schemas['BoardCounts'];
export type DayPlan = Schemas['DayPlan'];
export type PlanProposal = Schemas['PlanProposal'];
export type PlanMove = Schemas['PlanMove'];
export type PlanOption = Schemas['PlanOption'];
export type AbsenceSpan = Schemas['AbsenceSpan'];

// Every event about a work order or visit names its case, so the board is kept with the case's lists: one burst, one read.
const stale_ms = 15_000;

/** Engineers, visits and unscheduled orders of a span. What was read before stays on screen while it is read again. */
export const boardQuery = (span: { from: string; to: string; unit?: string | undefined }) =>
  queryOptions({
    queryKey: keys.list('case', { board: span }),
    queryFn: () => call(api.GET('/api/board', { params: { query: span } })),
    placeholderData: (before: Board | undefined) => before,
    staleTime: stale_ms,
    refetchInterval: 60_000,
  });

/** The home strip. */
export const countsQuery = (unit: string | undefined) =>
  queryOptions({
    queryKey: keys.list('case', { board_counts: unit ?? '' }),
    queryFn: () => call(api.GET('/api/board/counts', { params: { query: unit ? { unit } : {} } })),
    placeholderData: (before: BoardCounts | undefined) => before,
    refetchInterval: 60_000,
  });

/** Cases on which both sides agreed to a visit, that have no work order yet. */
export const agreedQuery = (unit: string | undefined) =>
  queryOptions({
    queryKey: keys.list('case', { agreed_without_order: unit ?? '' }),
    queryFn: async () => {
      const of = unit ? { unit } : {};
      const [agreed, ...planned] = await Promise.all([
        cases({ state: 'onsite_agreed', limit: 200, ...of }),
        ...(['ready', 'scheduled', 'incomplete'] as const).map((state) => workOrders({ state, limit: 200, ...of })),
      ]);
      const taken = new Set(planned.flatMap(({ items }) => items.map(({ case_id }) => case_id)));
      return agreed.items.filter(({ id }) => !taken.has(id));
    },
    refetchInterval: 120_000,
  });

/** The optimiser's plan beside the one that stands. It is reckoned when it is asked for, and then stays as it was seen. */
export const planQuery = (unit: string | undefined) =>
  queryOptions({
    queryKey: ['plan', unit ?? ''],
    queryFn: () => call(api.GET('/api/board/plan', { params: { query: unit ? { unit } : {} } })),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });

/** A stretch of leave, taken back: they are there after all. */
export const takeBack = (employee_id: string, spans: readonly AbsenceSpan[], options: CommandOptions) =>
  call(
    api.POST('/api/employees/{id}/absences/take-back', {
      params: { path: { id: employee_id } },
      body: { spans: [...spans] },
      ...options,
    }),
  );

/** Somebody is off for the rest of the day. */
export const recordAbsence = (employee_id: string, options: CommandOptions) =>
  call(api.POST('/api/employees/{id}/absences', { params: { path: { id: employee_id } }, body: {}, ...options }));
