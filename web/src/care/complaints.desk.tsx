/** Complaints: to answer, mine, late, with the customer, closed. A row opens its case, where it is answered. */
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
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
import { ComplaintDue } from './complaint-due.tsx';
import { type ComplaintRow, complaints, complaintsKey, complaintViews } from './complaint-requests.ts';

export default function ComplaintListPage() {
  const t = useT();
  const may = useMay();
  const navigate = useNavigate();
  const place = useListPlace('owed');
  const view = complaintViews.find((each) => each === place.view) ?? 'owed';
  const list = useKeysetList<ComplaintRow>(complaintsKey(view), (after) =>
    complaints({ view, limit: 50, ...(after ? { after } : {}) }),
  );
  const columns = useMemo<Column<ComplaintRow>[]>(
    () => [
      {
        key: 'number',
        title: t('care.complaint.number'),
        width: 152,
        render: ({ number }) => <span className="ac-figure">{number}</span>,
      },
      { key: 'due', title: t('care.complaint.due'), width: 176, render: (row) => <ComplaintDue row={row} /> },
      {
        key: 'state',
        title: t('care.complaint.state'),
        width: 170,
        render: ({ state, finding }) => (
          <>
            {t(`care.complaint.state.${state}`)}
            {finding && <span className="ac-second"> · {t(`care.complaint.finding.${finding}`)}</span>}
          </>
        ),
      },
      {
        key: 'words',
        title: t('care.complaint.words'),
        width: 300,
        render: ({ words }) => <span title={words}>{words}</span>,
      },
      {
        key: 'site',
        title: t('care.site'),
        width: 220,
        render: ({ site_name, customer_name }) => <span title={customer_name}>{site_name}</span>,
      },
      { key: 'owner', title: t('care.complaint.owner'), width: 130, render: ({ owner }) => owner.name || '—' },
      {
        key: 'received',
        title: t('care.complaint.received'),
        width: 150,
        align: 'right',
        render: ({ received_at, zone }) => <DateTime at={received_at} zone={zone} />,
      },
      {
        key: 'about',
        title: t('care.complaint.about'),
        width: 152,
        render: ({ about_number }) => <span className="ac-figure">{about_number ?? '—'}</span>,
      },
    ],
    [t],
  );
  const here = { ...place, view };
  return (
    <ListPage
      title={t('care.complaint.list')}
      views={complaintViews.map((key) => ({ key, label: t(`care.complaint.view.${key}`) }))}
      place={here}
      list={list}
      columns={columns}
      rowId={({ case_id }) => case_id}
      onOpen={(id) => void navigate({ to: `/cases/${id}` })}
      tools={
        <>
          {may('identity.saved_views') && <SavedViews list="complaints" place={here} />}
          {may('lists.export') && (
            <ExportMenu path="/api/complaints/export" query={{ view }} place={here} columns={columns} />
          )}
        </>
      }
      action={
        <Link to="/care" className="ac-button">
          <Icon name="care" /> {t('care.title')}
        </Link>
      }
      empty={{ title: t(`care.complaint.empty.${view}`), hint: t('care.complaint.empty.hint') }}
    />
  );
}
