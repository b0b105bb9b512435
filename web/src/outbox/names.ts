/** The words of codes in the queue, by what the day carries: its price list, its fault codes, the visits themselves. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type BothText, useBoth } from '../ui/both.ts';
import { type MyDay, myDayQuery, type Visit, visitQuery } from '../visits/requests.ts';
import type { Op } from './model.ts';
import type { NameOf } from './words.ts';

/** The name of a code in both languages, if the day or the visit has it. */
export function nameIn(
  day: MyDay | undefined,
  visit: Visit | undefined,
  op: Pick<Op, 'kind' | 'lane'>,
  name: string,
  code: string,
): BothText | undefined {
  const card = day?.visits.find(({ id }) => id === op.lane);
  switch (name) {
    case 'fault_code':
    case 'cause_code': {
      const kind = name === 'fault_code' ? 'fault' : 'cause';
      return day?.fault_codes.find((each) => each.kind === kind && each.code === code)?.name;
    }
    case 'price_line_id':
      return day?.prices.find(({ id }) => id === code)?.description;
    case 'item':
      return (visit ?? card)?.checklist.items.find(({ key }) => key === code)?.text;
    case 'code':
      return op.kind === 'exclusion' ? card?.exclusions.find((each) => each.code === code)?.name : undefined;
    default:
      return undefined;
  }
}

/** Names of codes as this phone knows them, in the language of the screen. */
export function useNameOf(): NameOf {
  const both = useBoth();
  const queries = useQueryClient();
  const day = useQuery(myDayQuery).data;
  return (op, name, code) => {
    const found = nameIn(day, queries.getQueryData(visitQuery(op.lane).queryKey), op, name, code);
    return found && both(found);
  };
}
