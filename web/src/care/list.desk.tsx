/** Follow-up calls: due, late, mine, done. Enter opens the call. */
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { keys } from '../api/queries.ts';
import { useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { SavedViews } from '../identity/saved-views.desk.tsx';
import { Icon } from '../ui/icon.tsx';
import { DateTime } from '../ui/values.tsx';
import { ExportMenu } from '../ui-desk/export-menu.tsx';
import { useKeysetList } from '../ui-desk/keyset.ts';
import { ListPage } from '../ui-desk/list-page.tsx';
import { useListPlace } from '../ui-desk/list-place.ts';
import type { Column } from '../ui-desk/table.tsx';
import './care.css';
import { type FollowUpRow, followUps, followUpViews } from './requests.ts';

export default function FollowUpListPage() {
  const t = useT();
  const may = useMay();
  const navigate = useNavigate();
  const place = useListPlace('due');
  const view = followUpViews.find((each) => each === place.view) ?? 'due';
  const list = useKeysetList<FollowUpRow>(keys.list('follow_up', { view }), (after) =>
    followUps({ view, limit: 50, ...(after ? { after } : {}) }),
  );
  const columns = useMemo<Column<FollowUpRow>[]>(
    () => [
      {
        key: 'number',
        title: t('care.number'),
        width: 152,
        render: ({ number }) => <span className="ac-figure">{number}</span>,
      },
      {
        key: 'due',
        title: t('care.due'),
        width: 176,
        render: (row) => <DueCell row={row} />,
      },
      {
        key: 'state',
        title: t('care.state'),
        width: 150,
        render: (row) => <StateText row={row} />,
      },
      {
        key: 'customer',
        title: t('care.customer'),
        width: 200,
        render: ({ customer_name }) => <span title={customer_name}>{customer_name}</span>,
      },
      {
        key: 'symptom',
        title: t('care.symptom'),
        width: 240,
        render: ({ symptom }) => <span title={symptom}>{symptom}</span>,
      },
      { key: 'served', title: t('care.served_by'), width: 130, render: ({ served_by_name }) => served_by_name ?? '—' },
      {
        key: 'attempts',
        title: t('care.attempts'),
        width: 96,
        align: 'right',
        render: ({ attempts }) => <span className="ac-figure">{attempts}</span>,
      },
      {
        key: 'next',
        title: t('care.next'),
        width: 150,
        align: 'right',
        render: ({ next_at, zone, done_at }) => <DateTime at={done_at ?? next_at} zone={zone} />,
      },
      { key: 'caller', title: t('care.caller'), width: 130, render: ({ caller_name }) => caller_name ?? '—' },
      {
        key: 'case',
        title: t('care.case'),
        width: 152,
        render: ({ case_number }) => <span className="ac-figure">{case_number}</span>,
      },
    ],
    [t],
  );
  const here = { ...place, view };
  return (
    <ListPage
      title={t('care.title')}
      views={followUpViews.map((key) => ({ key, label: t(`care.view.${key}`) }))}
      place={here}
      list={list}
      columns={columns}
      rowId={({ id }) => id}
      onOpen={(id) => void navigate({ to: `/care/${id}` })}
      tools={
        <>
          {may('identity.saved_views') && <SavedViews list="follow_ups" place={here} />}
          {may('lists.export') && (
            <ExportMenu path="/api/follow-ups/export" query={{ view }} place={here} columns={columns} />
          )}
        </>
      }
      action={
        <>
          <Link to="/care/complaints" className="ac-button">
            <Icon name="message" /> {t('care.complaint.list')}
          </Link>
          <Link to="/care/satisfaction" className="ac-button">
            <Icon name="reports" /> {t('care.satisfaction')}
          </Link>
        </>
      }
      empty={{ title: t(`care.empty.${view}`), hint: t('care.empty.hint') }}
    />
  );
}

function DueCell({ row }: { row: FollowUpRow }) {
  const t = useT();
  const late = row.late && !row.done_at;
  return (
    <span className={late ? 'ad-late' : undefined}>
      {late && <Icon name="warning" size={14} title={t('care.late')} />} <DateTime at={row.due_at} zone={row.zone} />
    </span>
  );
}

/** How far a call has come; with its result and rating once it is made. */
export function StateText({ row }: { row: FollowUpRow }) {
  const t = useT();
  return (
    <>
      {t(row.result ? `care.result.${row.result}` : `care.state.${row.state}`)}
      {row.rating !== null && row.rating !== undefined && <span className="ac-figure"> · {row.rating}/5</span>}
      {row.concern && (
        <span className="ad-late">
          {' '}
          <Icon name="warning" size={14} title={t('care.concern')} />
        </span>
      )}
    </>
  );
}
