/** The visits of a work order: every step with both times, findings, photos, removed parts, signatures. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { hasText, useT } from '../i18n/index.ts';
import { StatusBadge } from '../ui/badges.tsx';
import { useBoth } from '../ui/both.ts';
import { Icon } from '../ui/icon.tsx';
import { Query } from '../ui/states.tsx';
import { DateTime } from '../ui/values.tsx';
import { Panel } from '../ui-desk/detail-page.tsx';
import { Dialog } from '../ui-desk/dialog.tsx';
import { PlainTable } from '../ui-desk/plain-table.tsx';
import { LockedBy } from './lock.desk.tsx';
import { EngineerName, PromisedText, WindowText } from './parts.tsx';
import { fileUrl, type OrderView, type Schemas, type VisitView, visitQuery } from './requests.ts';

/** All visits, the newest one open. */
export function VisitsPanel({ order }: { order: OrderView }) {
  const t = useT();
  const last = order.visits.at(-1);
  return (
    <Panel title={t('workorders.visits')}>
      {order.visits.length === 0 && <p className="ac-second">{t('workorders.visits.empty')}</p>}
      {[...order.visits].reverse().map((visit) => (
        <details key={visit.id} className="ad-visit" open={visit.id === last?.id}>
          <summary>
            <span className="ac-figure">{visit.number}</span> <StatusBadge kind="visit" state={visit.state} />{' '}
            <EngineerName {...visit.engineer} /> <WindowText window={visit.window} zone={order.site.zone} />{' '}
            <PromisedText visit={visit} zone={order.site.zone} />
          </summary>
          <LockedBy lock={visit.lock} zone={order.site.zone} />
          <VisitSteps id={visit.id} zone={order.site.zone} />
        </details>
      ))}
    </Panel>
  );
}

function VisitSteps({ id, zone }: { id: string; zone: string }) {
  const query = useQuery(visitQuery(id));
  return <Query of={query}>{(visit) => <Steps visit={visit} zone={zone} />}</Query>;
}

function Steps({ visit, zone }: { visit: VisitView; zone: string }) {
  const t = useT();
  const codeKey = `workorders.state_code.${visit.state_code}`;
  const note = [visit.state_code && hasText(codeKey) ? t(codeKey) : visit.state_code, visit.state_note]
    .filter(Boolean)
    .join(' · ');
  return (
    <>
      {note && <p className="ad-visit-note">{note}</p>}
      <PlainTable
        label={t('workorders.stamps')}
        rows={gathered(visit.stamps)}
        rowId={(_, index) => String(index)}
        columns={[
          {
            key: 'step',
            title: t('workorders.step'),
            render: ({ step, count }) =>
              count > 1
                ? t('workorders.step.times', { step: t(`workorders.step.${step}`), count })
                : t(`workorders.step.${step}`),
          },
          {
            key: 'at',
            title: t('workorders.server_time'),
            render: ({ at, last_at }) => (
              <>
                <DateTime at={at} zone={zone} />
                {last_at !== at && (
                  <>
                    {' – '}
                    <DateTime at={last_at} zone={zone} />
                  </>
                )}
              </>
            ),
          },
          {
            key: 'device',
            title: t('workorders.device_time'),
            render: ({ device_at }) => <DateTime at={device_at} zone={zone} />,
          },
          { key: 'note', title: t('workorders.remark'), render: (stamp) => <StampNote stamp={stamp} /> },
        ]}
      />
      {visit.signatures.map((signature) => (
        <p key={signature.id} className="ad-visit-note">
          <Icon name="sign" size={14} />{' '}
          {t(`workorders.signature.${signature.kind}.${signature.outcome}`, {
            name: signature.signer_name ?? signature.witness ?? '—',
          })}{' '}
          <DateTime at={signature.at} device_at={signature.device_at ?? null} zone={zone} />
          {signature.reason && ` · ${signature.reason}`}
        </p>
      ))}
    </>
  );
}

type Stamp = Schemas['StampView'];

/** Steps that are taken many times in a row (answers, photos, charges) stand in one line, from the first to the last. */
function gathered(stamps: readonly Stamp[]): (Stamp & { count: number; last_at: string })[] {
  const lines: (Stamp & { count: number; last_at: string })[] = [];
  for (const stamp of stamps) {
    const line = lines.at(-1);
    if (line && line.step === stamp.step && !stamp.note && !line.note && !stamp.device_at && !line.device_at) {
      line.count += 1;
      line.last_at = stamp.at;
    } else lines.push({ ...stamp, count: 1, last_at: stamp.at });
  }
  return lines;
}

function StampNote({ stamp }: { stamp: Schemas['StampView'] }) {
  const t = useT();
  const parts = [
    stamp.method && t(`workorders.arrival.${stamp.method}`),
    stamp.place_check && t(`workorders.place_check.${stamp.place_check}`),
    stamp.distance_m !== null && stamp.distance_m !== undefined && `${stamp.distance_m} m`,
    stamp.note,
  ].filter(Boolean);
  const away = stamp.place_check === 'away';
  return (
    <span className={away ? 'ad-away' : undefined}>
      {away && <Icon name="warning" size={14} />} {parts.join(' · ')}
    </span>
  );
}

/** What was found and done, what shows it, what was taken out: of the whole work order. */
export function WorkPanel({ visit_id, zone }: { visit_id: string; zone: string }) {
  const query = useQuery(visitQuery(visit_id));
  return <Query of={query}>{(visit) => <Work visit={visit} zone={zone} />}</Query>;
}

function Work({ visit, zone }: { visit: VisitView; zone: string }) {
  const t = useT();
  const both = useBoth();
  const { findings, evidence, old_parts } = visit;
  if (findings.length + evidence.length + old_parts.length === 0) return null;
  return (
    <Panel title={t('workorders.work')}>
      {findings.map((finding) => (
        <dl key={`${finding.visit_id}${finding.at}`} className="ad-finding">
          <dt>{t('workorders.finding')}</dt>
          <dd>
            {finding.text} <DateTime at={finding.at} zone={zone} />
          </dd>
          <dt>{t('workorders.cause')}</dt>
          <dd>
            {[both(finding.cause_name) || finding.cause_code, both(finding.fault_name) || finding.fault_code]
              .filter(Boolean)
              .join(' · ')}
          </dd>
          <dt>{t('workorders.action')}</dt>
          <dd>{finding.action}</dd>
        </dl>
      ))}
      {evidence.length > 0 && <Photos evidence={evidence} zone={zone} />}
      {old_parts.length > 0 && (
        <PlainTable
          label={t('workorders.old_parts')}
          rows={old_parts}
          rowId={({ id }) => id}
          columns={[
            { key: 'name', title: t('workorders.old_parts'), render: ({ name }) => name },
            { key: 'serial', title: t('workorders.serial'), render: ({ serial }) => serial ?? '—' },
            { key: 'n', title: t('workorders.quantity'), align: 'right', render: ({ quantity }) => quantity },
            { key: 'fate', title: t('workorders.fate'), render: ({ fate }) => t(`workorders.fate.${fate}`) },
          ]}
        />
      )}
    </Panel>
  );
}

function Photos({ evidence, zone }: { evidence: VisitView['evidence']; zone: string }) {
  const t = useT();
  const [shown, setShown] = useState<string>();
  const open = evidence.find(({ id }) => id === shown);
  const words = (each: (typeof evidence)[number]) =>
    [t(`workorders.evidence.${each.kind}`), each.note].filter(Boolean).join(' · ');
  return (
    <>
      <ul className="ad-photos">
        {evidence.map((each) => (
          <li key={each.id}>
            <button type="button" onClick={() => setShown(each.id)} title={t('workorders.photo.enlarge')}>
              <img src={fileUrl(each.sha256)} alt={words(each)} width={120} height={90} loading="lazy" />
            </button>
            <span>{words(each)}</span>
            <DateTime at={each.at} device_at={each.device_at ?? null} zone={zone} />
          </li>
        ))}
      </ul>
      {open && (
        <Dialog title={words(open)} onClose={() => setShown(undefined)} width={960}>
          <img className="ad-photo-large" src={fileUrl(open.sha256)} alt={words(open)} />
        </Dialog>
      )}
    </>
  );
}
