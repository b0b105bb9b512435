/** What of a plan is chosen: what needs what, what has gone meanwhile, what is drawn into the timeline. Pure. */
import { toMs } from '../ui/format.ts';
import type { Span } from '../work-orders/words.ts';
import type { Board, DayPlan, PlanMove, PlanProposal } from './requests.ts';

/** Names a line of the plan: an order's new visit, or a planned visit that moves. */
export const keyOf = (line: PlanProposal | PlanMove): string =>
  'visit_id' in line ? `move.${line.visit_id}` : `order.${line.work_order_id}`;

type Chosen = ReadonlySet<string>;
type Lines = Pick<DayPlan, 'proposals' | 'moves'>;

const linesOf = ({ proposals, moves }: Lines): readonly (PlanProposal | PlanMove)[] => [...proposals, ...moves];
const needsOf = (line: PlanProposal | PlanMove) => line.needs.map((visit) => `move.${visit}`);

/** Everything of a plan, or only what whoever is off leaves to others, with what that needs. */
export function chosenAtFirst(plan: Lines, about?: string): Chosen {
  if (!about) return new Set(linesOf(plan).map(keyOf));
  const own = plan.moves.filter(({ from_engineer_id }) => from_engineer_id === about);
  return own.reduce<Chosen>((chosen, line) => withLine(plan, chosen, keyOf(line), true), new Set());
}

/** With a line taken in, what it needs comes along; with one left out, what needs it goes too. */
export function withLine(plan: Lines, chosen: Chosen, key: string, taken: boolean): Chosen {
  const next = new Set(chosen);
  const lines = new Map(linesOf(plan).map((line) => [keyOf(line), line]));
  const walk = (at: string) => {
    if (taken === next.has(at)) return;
    if (taken) next.add(at);
    else next.delete(at);
    const line = lines.get(at);
    if (taken && line) needsOf(line).forEach(walk);
    if (!taken) for (const [other, each] of lines) if (needsOf(each).includes(at)) walk(other);
  };
  walk(key);
  return next;
}

/** Lines that can't be made any more as they were seen, by what the board shows now. */
export function goneFrom(plan: Lines, board: Pick<Board, 'unscheduled' | 'blocks' | 'more'> | undefined): Chosen {
  const gone = new Set<string>();
  if (!board) return gone;
  const open = new Set(board.unscheduled.map(({ work_order_id }) => work_order_id));
  const versions = new Map(board.blocks.map(({ id, version }) => [id, version]));
  for (const line of linesOf(plan)) {
    const key = keyOf(line);
    if ('visit_id' in line) {
      const now = versions.get(line.visit_id);
      if (now !== undefined && now !== line.version) gone.add(key);
    } else if (!board.more && !open.has(line.work_order_id)) {
      gone.add(key);
    }
  }
  return gone;
}

/** What is accepted: chosen, still there, and with everything it needs, in the order of the plan. */
export function taken(plan: Lines, chosen: Chosen, gone: Chosen): { proposals: PlanProposal[]; moves: PlanMove[] } {
  const left = [...gone].reduce((rest, key) => withLine(plan, rest, key, false), chosen);
  const stays = (line: PlanProposal | PlanMove) => left.has(keyOf(line));
  return { proposals: plan.proposals.filter(stays), moves: plan.moves.filter(stays) };
}

/** A visit as it would stand. */
export interface Ghost {
  key: string;
  engineer_id: string;
  work_order_id: string;
  window: Span;
  site_name: string;
  moved: boolean;
}

/** Where what is chosen would stand in the timeline, by engineer. */
export function ghostsOf({ proposals, moves }: Lines): ReadonlyMap<string, readonly Ghost[]> {
  const of = new Map<string, Ghost[]>();
  for (const line of [...proposals, ...moves]) {
    const { engineer_id } = line.chosen;
    const ghost: Ghost = {
      key: keyOf(line),
      engineer_id,
      work_order_id: line.work_order_id,
      window: line.window,
      site_name: line.site_name,
      moved: 'visit_id' in line,
    };
    const list = of.get(engineer_id);
    if (list) list.push(ghost);
    else of.set(engineer_id, [ghost]);
  }
  for (const list of of.values()) list.sort((a, b) => toMs(a.window.start) - toMs(b.window.start));
  return of;
}

/** Terms that are counted; the others last. */
export const counted = new Set(['left_out', 'broken_promise', 'preference', 'plan_change']);
