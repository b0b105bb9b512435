/** The plan beside the board while it is open: what was proposed, what of it is chosen. */
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { chosenAtFirst, ghostsOf, goneFrom, taken, withLine } from './plan.ts';
import { type Board, planQuery } from './requests.ts';

const nothing = { proposals: [], moves: [] };

/** `about` is somebody who is off: their visits are chosen at first, and nothing else. */
export function usePlan(open: boolean, unit: string | undefined, about: string | undefined, board: Board | undefined) {
  const query = useQuery({ ...planQuery(unit), enabled: open });
  const plan = open ? query.data : undefined;
  // A plan that was made anew is chosen anew.
  const shape = `${plan?.now}.${about ?? ''}`;
  const [choice, setChoice] = useState<{ shape: string; chosen: ReadonlySet<string> }>();
  const first = useMemo(() => chosenAtFirst(plan ?? nothing, about), [plan, about]);
  const chosen = choice?.shape === shape ? choice.chosen : first;
  const gone = useMemo(() => goneFrom(plan ?? nothing, board), [plan, board]);
  const accepted = useMemo(() => taken(plan ?? nothing, chosen, gone), [plan, chosen, gone]);
  const ghosts = useMemo(() => ghostsOf(accepted), [accepted]);
  const leaving = useMemo(() => new Set(accepted.moves.map(({ visit_id }) => visit_id)), [accepted]);
  return {
    query,
    plan,
    chosen,
    gone,
    accepted,
    ghosts,
    leaving,
    choose: (key: string, on: boolean) => plan && setChoice({ shape, chosen: withLine(plan, chosen, key, on) }),
    chooseAll: (on: boolean) => plan && setChoice({ shape, chosen: on ? chosenAtFirst(plan) : new Set() }),
  };
}

export type OpenPlan = ReturnType<typeof usePlan>;
