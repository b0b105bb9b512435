/** Behind a link: how far a case is, who comes, and what its customer can do about it. */
import './portal.css';
import { useCallback, useEffect, useRef, useState } from 'react';
import { type Problem, toProblem } from '../api/problem.ts';
import { useT } from '../i18n/index.ts';
import { useBoth } from '../ui/both.ts';
import { Icon } from '../ui/icon.tsx';
import { ErrorState, Loading } from '../ui/states.tsx';
import { DateTime } from '../ui/values.tsx';
import { setZone } from '../ui/zone.ts';
import { Actions } from './actions.tsx';
import { askTrack, linkHere } from './ahead.ts';
import { picture, type TrackPage } from './call.ts';
import { ComplaintLine } from './complaint.tsx';

/** How often an open page asks again; not while it is out of sight. */
const every_ms = 20_000;

export default function TrackScreen() {
  const link = linkHere();
  const [page, setPage] = useState<TrackPage>();
  const [problem, setProblem] = useState<Problem>();
  const take = useCallback((found: TrackPage) => {
    setZone(found.zone);
    setPage(found);
  }, []);
  const load = useCallback(async () => {
    try {
      take(await askTrack(link));
      setProblem(undefined);
    } catch (error) {
      setProblem(toProblem(error));
    }
  }, [link, take]);
  useEffect(() => {
    void load();
    const again = () => {
      if (document.visibilityState === 'visible') void load();
    };
    const timer = setInterval(again, every_ms);
    document.addEventListener('visibilitychange', again);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', again);
    };
  }, [load]);
  // A link that was revoked while it was open shows nothing any more.
  if (problem && (!page || problem.code === 'link_unknown'))
    return (
      <section className="ac-panel">
        <ErrorState error={problem} onRetry={() => void load()} />
      </section>
    );
  if (!page) return <Loading shape="card" rows={6} />;
  return <Track page={page} link={link} onPage={take} />;
}

function Track({ page, link, onPage }: { page: TrackPage; link: string; onPage: (page: TrackPage) => void }) {
  const t = useT();
  const both = useBoth();
  const { zone, promise, visit } = page;
  return (
    <>
      <h1 className="at-title ac-figure">{page.number}</h1>
      <section className="ac-panel at-device">
        <p className="at-site">
          <Icon name="pin" size={16} /> {page.site_name}
        </p>
        {page.product && <p>{both(page.product)}</p>}
        <p>{page.symptom}</p>
        <p className="ac-second">
          {t('track.reported_at')} <DateTime at={page.reported_at} zone={zone} />
          {page.contact && ` · ${page.contact}`}
        </p>
        {page.cover && (
          <p className="at-cover">
            <Icon name="shield" size={16} /> {both(page.cover)}
          </p>
        )}
      </section>
      {page.goes_on_as && <p role="status">{t('track.goes_on_as', { number: page.goes_on_as })}</p>}
      {page.state === 'withdrawn' && <p role="status">{t('track.withdrawn')}</p>}
      <section className="ac-panel">
        <ol className="at-nodes" aria-label={t('track.nodes')}>
          {page.nodes.map(({ code, state, at }) => (
            <li key={code} className="at-node" data-state={state} aria-current={state === 'now' ? 'step' : undefined}>
              <Icon
                name={state === 'done' ? 'check' : state === 'now' ? 'clock' : 'dot'}
                size={20}
                title={t(`track.node.${state}`)}
              />
              <span>{t(`track.node.${code}`)}</span>
              <span>{at && <DateTime at={at} zone={zone} />}</span>
            </li>
          ))}
        </ol>
      </section>
      {promise && (
        <section className="ac-panel">
          <p>
            {t(`track.promise.${promise.promise}`)}{' '}
            <b>
              <DateTime at={promise.due_at} zone={zone} show_zone />
            </b>
          </p>
          {promise.over && <p className="ac-field-error">{t('track.promise.over')}</p>}
        </section>
      )}
      {page.promised && (
        <section className="ac-panel ac-form">
          <p>
            {t('track.visit.window')}{' '}
            <b>
              <DateTime at={page.promised.start} zone={zone} />–
              <DateTime at={page.promised.end} zone={zone} show_zone />
            </b>
          </p>
          <p className="ac-second">{t('track.promised.hint')}</p>
        </section>
      )}
      {visit && (
        <section className="ac-panel ac-form">
          <p>
            {t('track.visit.window')}{' '}
            <b>
              <DateTime at={visit.window_start} zone={zone} />–<DateTime at={visit.window_end} zone={zone} show_zone />
            </b>
          </p>
          {visit.way && (
            <p role="status" className="at-way">
              <Icon name="travel" size={20} />{' '}
              <b>
                {visit.way.arrive_in_min
                  ? t('track.visit.way.min', { minutes: visit.way.arrive_in_min })
                  : t('track.visit.way.on')}
              </b>{' '}
              <span className="ac-second">
                {t('track.visit.way.seen')} <DateTime at={visit.way.seen_at} zone={zone} />
              </span>
            </p>
          )}
          <Engineer visit={visit} link={link} />
          <p className="ac-second">{t('track.engineer.hint')}</p>
        </section>
      )}
      <Actions page={page} link={link} onPage={onPage} />
      {page.requests.length > 0 && (
        <section className="ac-panel">
          <h2>{t('track.requests')}</h2>
          {page.requests.map((request) => (
            <div key={request.made_at + request.kind} className="at-request">
              <p>
                <b>{t(`track.request.${request.kind}`)}</b> <DateTime at={request.made_at} zone={zone} />{' '}
                {!request.complaint && <span className="ac-second">{t(`track.request.state.${request.state}`)}</span>}
              </p>
              {request.wish_start && request.wish_end && (
                <p>
                  <DateTime at={request.wish_start} zone={zone} />–<DateTime at={request.wish_end} zone={zone} />
                </p>
              )}
              {request.words && <p>{request.words}</p>}
              {request.complaint_number && (
                <p>{t('track.request.complaint_as', { number: request.complaint_number })}</p>
              )}
              {request.answer && <p className="ac-second">{t('track.request.answer', { answer: request.answer })}</p>}
              <ComplaintLine request={request} page={page} link={link} onPage={onPage} />
            </div>
          ))}
        </section>
      )}
      {page.ends_at && (
        <p className="ac-second">
          {t('track.ends_at')} <DateTime at={page.ends_at} zone={zone} />
        </p>
      )}
    </>
  );
}

function Engineer({ visit, link }: { visit: NonNullable<TrackPage['visit']>; link: string }) {
  const t = useT();
  const { name, badge_number, photo } = visit.engineer;
  const [face, setFace] = useState<string>();
  const of = useRef('');
  useEffect(() => {
    if (!photo || of.current === badge_number) return;
    of.current = badge_number;
    void picture('/api/track/photo', link).then(setFace);
  }, [photo, badge_number, link]);
  return (
    <div className="at-engineer">
      {face && <img className="at-face" src={face} alt={t('track.engineer.photo', { name })} />}
      <div>
        <p>
          <b>{name}</b>
        </p>
        <p>{t('track.engineer.badge', { number: badge_number })}</p>
      </div>
    </div>
  );
}
