/** The next case of mine by one key, read ahead so that it stands there at once. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { toProblem } from '../../api/problem.ts';
import { keys } from '../../api/queries.ts';
import { useT } from '../../i18n/index.ts';
import { useMay } from '../../identity/me.ts';
import { announce } from '../../ui/announce.tsx';
import { useActions } from '../../ui-desk/actions.ts';
import { caseQuery, myQueueQuery, timeline } from '../requests.ts';

/** Offers it where a person helps by phone; `here` is the case on the screen, which is never the next. */
export function useNextCase(here?: string): void {
  const t = useT();
  const may = useMay();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const helps = may('cases.support');
  const queue = useQuery({ ...myQueueQuery, enabled: helps }).data;
  const next = queue && nextIn(queue, here);

  useEffect(() => {
    if (!next) return;
    void queries.prefetchQuery({ ...caseQuery(next), staleTime: 30_000 });
    void queries.prefetchInfiniteQuery({
      queryKey: keys.part('case', next, 'timeline'),
      queryFn: () => timeline(next, undefined),
      initialPageParam: undefined as number | undefined,
      staleTime: 30_000,
    });
  }, [next, queries]);

  useActions(
    helps
      ? [
          {
            id: 'next_case',
            label: t('cases.action.next_case'),
            icon: 'cases',
            key: 'j',
            run: async () => {
              try {
                // Pressed before the queue has been read, it waits for it.
                const to = queue ? next : nextIn(await queries.ensureQueryData(myQueueQuery), here);
                if (to) void navigate({ to: `/cases/${to}` });
                else announce(t('cases.next_case.none'));
              } catch (error) {
                announce(toProblem(error).title, 'error');
              }
            },
          },
        ]
      : [],
  );
}

/** The one after `here`, and after the last the first. */
function nextIn(queue: readonly { id: string }[], here: string | undefined): string | undefined {
  const at = queue.findIndex(({ id }) => id === here);
  return [...queue.slice(at + 1), ...queue.slice(0, Math.max(at, 0))].find(({ id }) => id !== here)?.id;
}
