/** A visit on the engineer's phone: what and where on top, the steps as a line, one button for the next step. */
import './visit.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { serverNow } from '../api/server-clock.ts';
import { badgeClock } from '../cases/clocks.ts';
import { useT } from '../i18n/index.ts';
import { SeverityBadge, StatusBadge } from '../ui/badges.tsx';
import { useBoth } from '../ui/both.ts';
import { ClockBadge } from '../ui/clock-badge.tsx';
import { Icon } from '../ui/icon.tsx';
import { Query } from '../ui/states.tsx';
import { DateTime } from '../ui/values.tsx';
import { formatWindow } from '../work-orders/words.ts';
import { Charges } from './charges.field.tsx';
import { answered, Checks } from './checklist.field.tsx';
import { Coverage } from './coverage-badge.tsx';
import { Findings } from './finding.field.tsx';
import { Guidance } from './guidance.field.tsx';
import { OldParts } from './old-parts.field.tsx';
import { Section } from './parts.tsx';
import { VisitPhotos } from './photos.field.tsx';
import { mapLink } from './position.ts';
import { type DayCard, myDayQuery, type Visit, visitQuery } from './requests.ts';
import { Departure, OtherSteps, StepBar, useDeparture } from './step-bar.field.tsx';
import { kilometres, type LineEntry, line, lineSteps, presentStep } from './steps.ts';
import { type Photos, usePhotos } from './use-photos.ts';

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
          </span>
          {at && <DateTime at={at} zone={zone} {...(device_at ? { device_at } : {})} />}
        </li>
      ))}
    </ol>
  );
}

function VisitScreen({ visit, card, read_ms }: { visit: Visit; card: DayCard | undefined; read_ms: number }) {
  const t = useT();
  const photos = usePhotos(visit.id);
  const departure = useDeparture(visit);
  const present = presentStep(visit);
  const steps = <StepLine entries={line(visit)} zone={visit.order.site.zone} visit={visit} />;
  const started = visit.stamps.some(({ step }) => step === 'start');
  return (
    <div className="af-page af-visit">
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
      {started && <Work visit={visit} card={card} photos={photos} />}
      {(visit.document_sha256 || visit.signed_at) && (
        <Link to="/visits/$visit_id/sign" params={{ visit_id: visit.id }} className="ac-button">
          <Icon name="sign" /> {t('visits.visit.open_paper')}
        </Link>
      )}
      <OtherSteps visit={visit} />
      <StepBar visit={visit} departure={departure} waiting={photos.waiting.length} />
    </div>
  );
}

export default function VisitPage() {
  const { visit_id = '' } = useParams({ strict: false });
  const queries = useQueryClient();
  const day = useQuery(myDayQuery);
  const visit = useQuery({
    ...visitQuery(visit_id),
    // The day's card holds the whole visit: it is on screen at once, and then read again.
    placeholderData: () => queries.getQueryData(myDayQuery.queryKey)?.visits.find(({ id }) => id === visit_id),
  });
  const read_ms = visit.dataUpdatedAt ? visit.dataUpdatedAt + (serverNow() - Date.now()) : serverNow();
  return (
    <Query of={visit} shape="card">
      {(data) => (
        <VisitScreen visit={data} card={day.data?.visits.find(({ id }) => id === visit_id)} read_ms={read_ms} />
      )}
    </Query>
  );
}
