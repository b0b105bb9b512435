/** A visit on the engineer's phone: what and where on top, the steps as a line, one button for the next step. */
import './visit.css';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { serverNow } from '../api/server-clock.ts';
import { badgeClock } from '../cases/clocks.ts';
import { useT } from '../i18n/index.ts';
import type { Op } from '../outbox/model.ts';
import { SeverityBadge, StatusBadge } from '../ui/badges.tsx';
import { useBoth } from '../ui/both.ts';
import { ClockBadge } from '../ui/clock-badge.tsx';
import { Icon } from '../ui/icon.tsx';
import { DateTime } from '../ui/values.tsx';
import { formatWindow } from '../work-orders/words.ts';
import { CallCustomer } from './call.field.tsx';
import { Charges } from './charges.field.tsx';
import { answered, Checks } from './checklist.field.tsx';
import { useVisitHere } from './command.ts';
import { Coverage } from './coverage-badge.tsx';
import { DeviceCheck, useDevice } from './device.field.tsx';
import { Findings } from './finding.field.tsx';
import { Guidance } from './guidance.field.tsx';
import { OfVisit } from './of-visit.tsx';
import { isUnsent } from './offline/apply.ts';
import { OldParts } from './old-parts.field.tsx';
import { Section } from './parts.tsx';
import { VisitPhotos } from './photos.field.tsx';
import { mapLink } from './position.ts';
import { RateVisit, useRating } from './rating.field.tsx';
import { type DayCard, myDayQuery, type Visit } from './requests.ts';
import { took } from './seen.ts';
import { Departure, OtherSteps, StepBar, useDeparture } from './step-bar.field.tsx';
import { kilometres, type LineEntry, line, lineSteps, presentStep } from './steps.ts';
import { type Photos, usePhotos } from './use-photos.ts';
import { AskWay } from './way.field.tsx';

function Head({ visit, read_ms }: { visit: Visit; read_ms: number }) {
  const t = useT();
  const both = useBoth();
  const { order } = visit;
  const { site, asset, contact } = order;
  const running = order.clocks.find(({ promise, status }) => promise === 'arrive' && status !== 'stopped');
  const clock =
    running && !visit.arrived_at
      ? badgeClock(running, read_ms, [], (code) => t(`visits.visit.clock_rests`, { code }))
      : undefined;
  return (
    <header className="af-head">
      <Link to="/today" className="ac-link af-back">
        <Icon name="back" /> {t('field.bar.today')}
      </Link>
      <h1>{site.name}</h1>
      <p>
        <Icon name="pin" size={16} /> <b>{order.place}</b>
      </p>
      <p className="ac-second">
        {site.address}{' '}
        {site.point && (
          <a className="af-map" href={mapLink(site.point, site.name)}>
            {t('visits.visit.map')}
          </a>
        )}
      </p>
      <p className="af-badges">
        <StatusBadge kind="visit" state={visit.state} />
        <SeverityBadge severity={order.severity} />
        {order.coverage && <Coverage of={order.coverage} />}
        {clock && <ClockBadge clock={clock} zone={site.zone} />}
      </p>
      <dl className="af-facts">
        <div>
          <dt>{t('visits.visit.window')}</dt>
          <dd className="ac-figure">{formatWindow(visit.window, site.zone, serverNow())}</dd>
          {visit.lock && (
            <dd className="ac-second">
              <Icon name="lock" size={14} /> {t('visits.visit.locked')}
              {visit.lock.reason && ` · ${visit.lock.reason}`}
            </dd>
          )}
        </div>
        <div>
          <dt>{t('visits.visit.symptom')}</dt>
          <dd>{order.symptom}</dd>
        </div>
        {asset && (
          <div>
            <dt>{t('visits.visit.asset')}</dt>
            <dd>
              {both(asset.product)} {asset.model} · {asset.serial}
            </dd>
          </div>
        )}
        {contact && (
          <div>
            <dt>{t('visits.visit.contact')}</dt>
            <dd>
              {contact.name} <span className="ac-figure">{contact.phone_masked}</span>
              {visit.state !== 'left' && <CallCustomer visit={visit} />}
            </dd>
          </div>
        )}
        <div>
          <dt>{t('visits.visit.number')}</dt>
          <dd className="ac-figure">{visit.number}</dd>
        </div>
      </dl>
    </header>
  );
}

/** What is recorded between starting and signing. */
function Work(props: { visit: Visit; card: DayCard | undefined; photos: Photos }) {
  const { visit, card, photos } = props;
  const t = useT();
  const day = useQuery(myDayQuery).data;
  const editable = visit.state === 'working' && !visit.signed_at;
  const work = answered(visit, 'work');
  const inspection = answered(visit, 'self_inspection');
  return (
    <>
      <VisitPhotos visit={visit} photos={photos} editable={editable} />
      <Findings visit={visit} editable={editable} codes={day?.fault_codes ?? []} />
      <Charges visit={visit} card={card} prices={day?.prices ?? []} photos={photos} editable={editable} />
      <Section
        id="checklist"
        title={t('visits.check.work')}
        done={work.done === work.all}
        open={`${work.done}/${work.all}`}
      >
        <Checks visit={visit} section="work" editable={editable} />
      </Section>
      <OldParts visit={visit} editable={editable} />
      <Guidance visit={visit} editable={editable} />
      <Section
        id="inspection"
        title={t('visits.check.self_inspection')}
        done={inspection.done === inspection.all}
        open={`${inspection.done}/${inspection.all}`}
      >
        <Checks visit={visit} section="self_inspection" editable={editable} />
      </Section>
    </>
  );
}

function StepLine({ entries, zone, visit }: { entries: readonly LineEntry[]; zone: string; visit: Visit }) {
  const t = useT();
  const arrival = visit.stamps.findLast(({ step }) => step === 'arrive');
  const stampOf = (of: string) => visit.stamps.findLast(({ step }) => step === of);
  const unsent = (of: string) => {
    const stamp = stampOf(of);
    return stamp !== undefined && isUnsent(stamp);
  };
  return (
    <ol className="af-line" aria-label={t('visits.visit.line')}>
      {entries.map(({ step, state, at, device_at }) => (
        <li key={step} data-state={state} aria-current={state === 'now' ? 'step' : undefined}>
          <span className="af-line-mark">
            <Icon name={state === 'done' ? 'check' : state === 'left_out' ? 'cross' : 'dot'} size={14} />
          </span>
          <span className="af-line-name">
            {t(`visits.line.${step}`)}
            {step === 'arrive' && arrival?.place_check === 'away' && (
              <span className="af-warn">
                <Icon name="warning" size={14} /> {t('visits.visit.away', { km: kilometres(arrival.distance_m ?? 0) })}
              </span>
            )}
            {stampOf(step)?.drift_s != null && (
              <span className="af-warn">
                <Icon name="clock" size={14} />{' '}
                {t('visits.offline.drift', { minutes: Math.round((stampOf(step)?.drift_s ?? 0) / 60) })}
              </span>
            )}
          </span>
          <span className="af-line-when">
            {unsent(step) && <span className="af-unsent">{t('visits.offline.unsent_short')}</span>}
            {at && <DateTime at={at} zone={zone} {...(device_at ? { device_at } : {})} />}
          </span>
        </li>
      ))}
    </ol>
  );
}

function VisitScreen(props: {
  visit: Visit;
  card: DayCard | undefined;
  ops: readonly Op[];
  gone: boolean;
  read_ms: number;
}) {
  const { visit, card, ops, gone, read_ms } = props;
  const t = useT();
  const photos = usePhotos(visit);
  useEffect(() => {
    if (card) took(card);
  }, [card]);
  const departure = useDeparture(visit);
  const device = useDevice(visit);
  const rating = useRating(visit);
  const present = presentStep(visit);
  const steps = <StepLine entries={line(visit)} zone={visit.order.site.zone} visit={visit} />;
  const started = visit.stamps.some(({ step }) => step === 'start');
  return (
    <div className="af-page af-visit">
      {gone && (
        <p className="ac-panel af-section af-warn" role="status">
          <Icon name="warning" size={16} /> {t('visits.offline.gone')}
        </p>
      )}
      <Unsent ops={ops} />
      <RateVisit visit={visit} of={rating} />
      <Head visit={visit} read_ms={read_ms} />
      {visit.state_note && (
        <p className="ac-panel af-section">
          {visit.state_code && visit.state === 'paused' ? `${t(`visits.pause.${visit.state_code}`)} · ` : ''}
          {visit.state_note}
        </p>
      )}
      {visit.state === 'paused' && !visit.state_note && visit.state_code && (
        <p className="ac-panel af-section">{t(`visits.pause.${visit.state_code}`)}</p>
      )}
      {(present === 'depart' || visit.state === 'travelling') && <AskWay />}
      {present === 'depart' && <Departure visit={visit} departure={departure} />}
      {started ? (
        <details className="ac-panel af-section af-steps">
          <summary>
            <Icon name={present ? 'dot' : 'check'} size={16} />
            {present
              ? t('visits.visit.step_of', {
                  step: t(`visits.line.${present}`),
                  at: lineSteps.indexOf(present) + 1,
                  all: lineSteps.length,
                })
              : t('visits.visit.line')}
            <Icon name="down" size={16} />
          </summary>
          {steps}
        </details>
      ) : (
        <section className="ac-panel af-section">{steps}</section>
      )}
      {(started || visit.state === 'arrived') && <DeviceCheck visit={visit} device={device} />}
      {started && <Work visit={visit} card={card} photos={photos} />}
      {(visit.document_sha256 || visit.signed_at) && (
        <Link to="/visits/$visit_id/sign" params={{ visit_id: visit.id }} className="ac-button">
          <Icon name="sign" /> {t('visits.visit.open_paper')}
        </Link>
      )}
      <OtherSteps visit={visit} />
      <History card={card} zone={visit.order.site.zone} />
      <StepBar
        visit={visit}
        departure={departure}
        device={device}
        rating={rating}
        refused={ops.some(({ state }) => state === 'refused')}
      />
    </div>
  );
}

/** What of this visit stands on this phone only, and whether some of it was refused. */
function Unsent({ ops }: { ops: readonly Op[] }) {
  const t = useT();
  if (ops.length === 0) return null;
  const refused = ops.filter(({ state }) => state === 'refused').length;
  return (
    <p role="status">
      <Link to="/outbox" className={refused > 0 ? 'af-unsent-line af-unsent-refused' : 'af-unsent-line'}>
        <Icon name={refused > 0 ? 'warning' : 'outbox'} size={16} />
        {refused > 0
          ? t('visits.offline.refused', { count: refused })
          : t('visits.offline.waiting', { count: ops.length })}
      </Link>
    </p>
  );
}

/** What was done at this site before. */
function History({ card, zone }: { card: DayCard | undefined; zone: string }) {
  const t = useT();
  if (!card || card.history.length === 0) return null;
  return (
    <details className="ac-panel af-section af-steps">
      <summary>
        <Icon name="clock" size={16} /> {t('visits.history.title', { count: card.history.length })}
        <Icon name="down" size={16} />
      </summary>
      <ul className="af-list">
        {card.history.map((past) => (
          <li key={past.number} className="af-entry">
            <p className="af-split ac-second">
              <DateTime at={past.left_at} zone={zone} />
              <span className="ac-figure">{past.number}</span>
            </p>
            <p>{past.symptom}</p>
            {past.found && <p>{t('visits.history.found', { found: past.found, action: past.action ?? '' })}</p>}
            <p className="ac-second">
              {[t(`status.visit.${past.outcome}`), past.serial, past.same_asset && t('visits.history.same_asset')]
                .filter(Boolean)
                .join(' · ')}
            </p>
          </li>
        ))}
      </ul>
    </details>
  );
}

export default function VisitPage() {
  const { visit_id = '' } = useParams({ strict: false });
  const here = useVisitHere(visit_id);
  const { ops, packet, gone } = here;
  // Taken away while somebody types in it: what stands on screen stays until they leave the page.
  const last = useRef<{ visit: Visit; card: DayCard | undefined }>(undefined);
  if (here.query.data) last.current = { visit: here.query.data, card: packet.card ?? last.current?.card };
  const stands = last.current?.visit.id === visit_id ? last.current : undefined;
  const read_ms = here.read_ms ? here.read_ms + (serverNow() - Date.now()) : serverNow();
  return (
    <OfVisit here={stands ? { ...here, query: { ...here.query, data: stands.visit } } : here}>
      {(data) => <VisitScreen visit={data} card={stands?.card} ops={ops} gone={gone} read_ms={read_ms} />}
    </OfVisit>
  );
}
