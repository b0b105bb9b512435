/** Who can be there first, with and without moving what is planned. Pure. */
import { toMs } from '../ui/format.ts';
import type { Proposal, Proposals, Quicker } from './requests.ts';

/** Somebody who can be there: as their day stands, or once visits have moved. */
export type Soon = { arrive_at: string } & (
  | { plain: Proposal; quicker?: undefined }
  | { quicker: Quicker; plain?: undefined }
);

const most = 3;

/** The soonest, each engineer once. Pure. */
export function soonest(data: Pick<Proposals, 'quicker' | 'proposals'>): Soon[] {
  const all: Soon[] = [
    ...data.quicker.map((quicker) => ({ arrive_at: quicker.visit.chosen.arrive_at, quicker })),
    ...data.proposals.flatMap((plain) =>
      plain.arrive_at && plain.window ? [{ arrive_at: plain.arrive_at, plain }] : [],
    ),
  ].sort((a, b) => toMs(a.arrive_at) - toMs(b.arrive_at));
  const seen = new Set<string>();
  return all
    .filter(({ quicker, plain }) => {
      const id = quicker ? quicker.visit.chosen.engineer_id : plain.engineer_id;
      return !seen.has(id) && seen.add(id);
    })
    .slice(0, most);
}
