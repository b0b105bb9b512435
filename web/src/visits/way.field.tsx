/**
 * The engineer's way to a visit, told while they are on it: only between setting out and arriving, only with their word, only while the
 * app is open. Points are gathered on the phone and go through the outbox.
 */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, call } from '../api/client.ts';
import { type Problem, toProblem } from '../api/problem.ts';
import { serverNow } from '../api/server-clock.ts';
import { useT } from '../i18n/index.ts';
import { meQuery } from '../identity/me.ts';
import { ofLane } from '../outbox/model.ts';
import { outbox } from '../outbox/outbox.ts';
import { Button } from '../ui/button.tsx';
import { Choice } from '../ui/form.tsx';
import { Refusal } from './parts.tsx';
import { type MyDay, myDayQuery, type Schemas } from './requests.ts';
import { due, gathered, type WayPoint, within } from './way.ts';

const place = (visit_id: string) => `aftercare.way.${visit_id}`;

function kept(visit_id: string): WayPoint[] {
  try {
    const points = JSON.parse(localStorage.getItem(place(visit_id)) ?? '[]') as unknown;
    return Array.isArray(points) ? (points as WayPoint[]) : [];
  } catch {
    return [];
  }
}

function keep(visit_id: string, points: readonly WayPoint[]) {
  try {
    if (points.length === 0) localStorage.removeItem(place(visit_id));
    else localStorage.setItem(place(visit_id), JSON.stringify(points));
  } catch {
    // A phone that keeps nothing tells what it has in hand.
  }
}

/** Watches where the phone is as long as it stands on screen, and hands points to the outbox. */
export default function WayTeller({ visit }: { visit: MyDay['visits'][number] }) {
  const queries = useQueryClient();
  const { id, number } = visit;
  const site = visit.order.site.name;
  useEffect(() => {
    if (!navigator.geolocation) return;
    let points = kept(id);
    let sent_ms = 0;
    let handing = false;
    const hand = async () => {
      const me = queries.getQueryData(meQuery.queryKey);
      if (!me || points.length === 0 || handing) return;
      handing = true;
      const going = within(points);
      try {
        await outbox().add({
          account_id: me.id,
          lane: id,
          kind: 'positions',
          path: `/api/visits/${id}/positions`,
          body: { points: going },
          title: { number, place: site },
        });
        points = points.filter((point) => !going.includes(point));
        keep(id, points);
        sent_ms = serverNow();
      } catch {
        // The phone couldn't keep it: the next point tries again.
      } finally {
        handing = false;
      }
    };
    const watch = navigator.geolocation.watchPosition(
      ({ coords }) => {
        const now_ms = serverNow();
        const point: WayPoint = {
          at: new Date(Math.floor(now_ms / 1000) * 1000).toISOString().replace('.000Z', 'Z'),
          lon: coords.longitude,
          lat: coords.latitude,
          accuracy_m: Math.min(coords.accuracy, 1_000_000),
        };
        points = gathered(points, point);
        keep(id, points);
        // Without a signal they gather here, not as one operation a minute in the queue.
        const waits = ofLane(outbox().ops, id).some(({ kind }) => kind === 'positions');
        if (due(points, sent_ms, now_ms, navigator.onLine && !waits)) void hand();
      },
      () => {},
      { enableHighAccuracy: true, maximumAge: 30_000 },
    );
    return () => {
      navigator.geolocation.clearWatch(watch);
      void hand();
    };
  }, [id, number, site, queries]);
  return null;
}

/** Whether the engineer's way is shared, as they said it. */
export function useWaySharing() {
  const queries = useQueryClient();
  const way = useQuery(myDayQuery).data?.way;
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const share = async (agreed: boolean) => {
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const body: Schemas['ShareWay'] = { agreed, text_version: way?.text_version ?? 1 };
      const said = await call(api.PUT('/api/my/way-sharing', { body }));
      queries.setQueryData(myDayQuery.queryKey, (day) => day && { ...day, way: said });
      if (!agreed) for (const card of queries.getQueryData(myDayQuery.queryKey)?.visits ?? []) keep(card.id, []);
    } catch (error) {
      setProblem(toProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return { way, share, busy, problem };
}

/** Asks once, before the first way: what is shared, with whom, how long it is kept. */
export function AskWay() {
  const t = useT();
  const { way, share, busy, problem } = useWaySharing();
  if (!way || way.agreed != null || !navigator.geolocation) return null;
  return (
    <section className="ac-panel af-section" aria-label={t('visits.way.title')}>
      <h2 className="af-section-title">{t('visits.way.title')}</h2>
      <p>{t('visits.way.text')}</p>
      <Refusal problem={problem} />
      <div className="af-actions">
        <Button busy={busy} onClick={() => void share(false)}>
          {t('visits.way.no')}
        </Button>
        <Button busy={busy} onClick={() => void share(true)}>
          {t('visits.way.yes')}
        </Button>
      </div>
    </section>
  );
}

/** The same on the engineer's own page, where the word can be taken back. */
export function WayChoice() {
  const t = useT();
  const { way, share, problem } = useWaySharing();
  if (!way) return null;
  return (
    <>
      <Choice
        label={t('visits.way.title')}
        value={way.agreed == null ? undefined : way.agreed ? 'yes' : 'no'}
        onChange={(value) => void share(value === 'yes')}
        options={[
          { value: 'yes', label: t('visits.way.yes') },
          { value: 'no', label: t('visits.way.no') },
        ]}
      />
      <p className="ac-hint">{t('visits.way.text')}</p>
      <Refusal problem={problem} />
    </>
  );
}
