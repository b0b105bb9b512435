/** Commands of a visit: the answer is the visit as it stands, and a refusal reads it again. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api, call } from '../api/client.ts';
import { type CommandOptions, useCommand } from '../api/command.ts';
import type { Problem } from '../api/problem.ts';
import { keys } from '../api/queries.ts';
import { myDayQuery, serviceOrderQuery, type Visit, visitQuery } from './requests.ts';

/** Steps that take nothing. */
export type PlainStep = 'accept' | 'start' | 'resume' | 'self-check' | 'done' | 'leave';
/** Steps that take a reason. */
export type ReasonStep = 'decline' | 'partly-done' | 'no-access';

/** Sends a step that takes nothing. */
export const sendPlain = (id: string, step: PlainStep, options: CommandOptions) =>
  call(api.POST(`/api/visits/{id}/${step}`, { params: { path: { id } }, body: {}, ...options }));

/** Sends a step that takes a reason. */
export const sendReason = (id: string, step: ReasonStep, reason: string, options: CommandOptions) =>
  call(api.POST(`/api/visits/{id}/${step}`, { params: { path: { id } }, body: { reason }, ...options }));

/**
 * A command on a visit. The answer replaces the visit on screen at once; a refusal by its state reads it again, so that
 * the page shows where it stands now beside the words that say why.
 */
export function useVisitCommand<Body>(visit_id: string, send: (body: Body, options: CommandOptions) => Promise<Visit>) {
  const queries = useQueryClient();
  const command = useCommand(
    async (body: Body, options: CommandOptions) => {
      const visit = await send(body, options);
      // A read that began before must not put the older state back.
      await queries.cancelQueries({ queryKey: keys.one('visit', visit_id) });
      queries.setQueryData(visitQuery(visit_id).queryKey, visit);
      void queries.invalidateQueries({ queryKey: keys.part('work_order', visit.order.id, 'service_order') });
      void queries.invalidateQueries({ queryKey: myDayQuery.queryKey });
      return visit;
    },
    { device_time: true },
  );
  useReload(visit_id, command.problem);
  return command;
}

/** Reads the visit again when a command was refused by its state. */
export function useReload(visit_id: string, problem: Problem | undefined) {
  const queries = useQueryClient();
  useEffect(() => {
    if (problem?.status !== 409 && problem?.status !== 404) return;
    void queries.invalidateQueries({ queryKey: keys.one('visit', visit_id) });
    void queries.invalidateQueries({ queryKey: myDayQuery.queryKey });
  }, [problem, visit_id, queries]);
}

/** Freezes the service order and shows it. */
export function usePresent(visit: Visit) {
  const queries = useQueryClient();
  const command = useCommand(
    async (_: undefined, options) => {
      const shown = await call(
        api.POST('/api/visits/{id}/present', { params: { path: { id: visit.id } }, body: {}, ...options }),
      );
      queries.setQueryData(serviceOrderQuery(visit.order.id).queryKey, shown);
      await queries.invalidateQueries({ queryKey: keys.one('visit', visit.id) });
      return shown;
    },
    { device_time: true },
  );
  useReload(visit.id, command.problem);
  return command;
}
