/** Plans that go on by themselves: which units have one, and what was published. */
import { queryOptions } from '@tanstack/react-query';
import { api, call } from '../api/client.ts';
import type { CommandOptions } from '../api/command.ts';
import { keys } from '../api/queries.ts';
import type { components } from '../api/schema.d.ts';
import type { DayPlan } from './requests.ts';

type Schemas = components['schemas'];
export type PlanningArea = Schemas['PlanningArea'];
export type PlanningMode = Schemas['PlanningMode'];
export type PlanVersion = Schemas['PlanVersion'];
export type PlanVersionRow = Schemas['PlanVersionRow'];

/** From nothing by itself to most of it. */
export const modes = ['off', 'advise', 'semi_automatic', 'automatic'] as const satisfies readonly PlanningMode[];

// What is published names its unit as a planning area: the feed makes the lists of those stale.
const area = 'planning_area';

/** The units for which plans can be kept. */
export const areasQuery = queryOptions({
  queryKey: keys.list(area),
  queryFn: async () => (await call(api.GET('/api/board/areas'))).areas,
});

/** What was published last, the newest first: a page of it. */
export const versionsQuery = (unit: string | undefined, after?: string) =>
  queryOptions({
    queryKey: keys.list(area, { versions: unit ?? '', after: after ?? '' }),
    queryFn: () =>
      call(
        api.GET('/api/board/plan/versions', {
          params: { query: { limit: 20, ...(unit ? { unit } : {}), ...(after ? { after } : {}) } },
        }),
      ),
  });

/** A published plan with who goes where; what became of it changes, what it says doesn't. */
export const versionQuery = (unit: string, number: number) =>
  queryOptions({
    queryKey: keys.part(area, unit, `version.${number}`),
    queryFn: () => call(api.GET('/api/board/plan/versions/{unit}/{number}', { params: { path: { unit, number } } })),
  });

/** Says what becomes of a unit's plan by itself. */
export const setMode = ({ unit_id, version }: PlanningArea, mode: PlanningMode, { headers }: CommandOptions) =>
  call(
    api.PUT('/api/board/areas/{unit}', {
      params: { path: { unit: unit_id } },
      body: { mode },
      headers: { ...headers, 'If-Match': `"${version}"` },
    }),
  );

/** Areas whose plan goes on by itself: the unit itself, or all that are on where none is chosen. */
export const areasOn = (areas: readonly PlanningArea[] | undefined, unit: string | undefined): PlanningArea[] =>
  (areas ?? []).filter(({ unit_id, mode }) => mode !== 'off' && (!unit || unit_id === unit));

/** The published plan that `plan` is, as its acceptance names it. */
export const acceptedOf = (plan: Pick<DayPlan, 'version'>, unit: string | undefined) =>
  unit && plan.version ? { of: { unit_id: unit, number: plan.version } } : {};

/**
 * How the plan that is shown stands to what is published of the unit: the newest itself, one that was made anew, or older than the
 * newest. A plan that was reckoned after the newest was published is not older.
 */
export function standing(
  plan: Pick<DayPlan, 'version' | 'now'>,
  latest: PlanningArea['latest'],
): 'published' | 'own' | 'older' {
  if (!latest) return 'own';
  if (plan.version === latest.number) return 'published';
  return Date.parse(latest.made_at) > Date.parse(plan.now) ? 'older' : 'own';
}
