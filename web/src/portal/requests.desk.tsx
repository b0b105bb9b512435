/** What customers asked on their pages and nobody has answered, the longest waiting first; answered in the pane, or on the case. */
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { Icon } from '../ui/icon.tsx';
import { DateTime } from '../ui/values.tsx';
import { useKeysetList } from '../ui-desk/keyset.ts';
import { ListPage } from '../ui-desk/list-page.tsx';
import { useListPlace } from '../ui-desk/list-place.ts';
import type { Column } from '../ui-desk/table.tsx';
import { type CustomerRequest, openRequests, requestsKey, requestViews } from './requests.ts';
import { Asked } from './side.desk.tsx';

/** A cell without a value; a card leaves it out. */
const none = <span className="ad-none">—</span>;

export default function CustomerRequestListPage() {
  const t = useT();
  const may = useMay();
  const navigate = useNavigate();
  const place = useListPlace('open');
  const view = requestViews.find((each) => each === place.view) ?? 'open';
  const list = useKeysetList<CustomerRequest>(requestsKey(view), (after) =>
    openRequests({ view, limit: 50, ...(after ? { after } : {}) }),
  );
  const columns = useMemo<Column<CustomerRequest>[]>(
    () => [
      {
        key: 'kind',
        title: t('portal.requests.kind'),
        width: 136,
        render: ({ kind }) => t(`portal.request.${kind}`),
      },
      {
        key: 'made',
        title: t('portal.requests.made'),
        width: 136,
        render: ({ made_at, zone }) => <DateTime at={made_at} zone={zone} />,
      },
      {
        key: 'site',
        title: t('portal.requests.site'),
        width: 240,
        render: ({ site_name }) => <span title={site_name}>{site_name}</span>,
      },
      {
        key: 'words',
        title: t('portal.requests.words'),
        width: 300,
        render: ({ words }) => (words ? <span title={words}>{words}</span> : none),
      },
      {
        key: 'wish',
        title: t('portal.request.wish'),
        width: 240,
        render: ({ wish_start, wish_end, zone }) =>
          wish_start && wish_end ? (
            <>
              <DateTime at={wish_start} zone={zone} />–<DateTime at={wish_end} zone={zone} />
            </>
          ) : (
            none
          ),
      },
      {
        key: 'case',
        title: t('portal.requests.case'),
        width: 152,
        render: ({ case_number }) => <span className="ac-figure">{case_number}</span>,
      },
    ],
    [t],
  );
  const caseOf = (id: string) => list.rows.find((row) => row.id === id)?.case_id;
  return (
    <ListPage
      title={t('portal.home')}
      views={requestViews.map((key) => ({ key, label: t(`portal.requests.view.${key}`) }))}
      place={{ ...place, view }}
      list={list}
      columns={columns}
      rowId={({ id }) => id}
      onOpen={(id) => {
        const case_id = caseOf(id);
        if (case_id) void navigate({ to: `/cases/${case_id}` });
      }}
      action={
        <Link to="/cases" className="ac-button">
          <Icon name="cases" /> {t('cases.list.title')}
        </Link>
      }
      detail={(id) => {
        const request = list.rows.find((row) => row.id === id);
        return request ? (
          <>
            <h2>{request.site_name}</h2>
            <p className="ac-second ac-figure">{request.case_number}</p>
            <Asked key={request.id} request={request} answers={may('cases.triage')} />
          </>
        ) : list.isPending || list.hasMore ? (
          <p className="ac-second" aria-busy={list.isPending}>
            {t(list.isPending ? 'common.loading' : 'portal.requests.further_down')}
          </p>
        ) : (
          <p className="ac-second">{t('portal.requests.answered')}</p>
        );
      }}
      empty={{ title: t(`portal.requests.empty.${view}`), hint: t('portal.requests.empty.hint') }}
    />
  );
}
