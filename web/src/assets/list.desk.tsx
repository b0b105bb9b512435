/** Assets: found by serial, its last characters, or the text of a QR plate. */
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { keys } from '../api/queries.ts';
import { CustomerTabs } from '../customers/tabs.desk.tsx';
import { useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { SavedViews } from '../identity/saved-views.desk.tsx';
import { useBoth } from '../ui/both.ts';
import { Button } from '../ui/button.tsx';
import { ExportMenu } from '../ui-desk/export-menu.tsx';
import { Filter, SearchFilter } from '../ui-desk/filters.tsx';
import { useKeysetList } from '../ui-desk/keyset.ts';
import { ListPage } from '../ui-desk/list-page.tsx';
import { useListPlace } from '../ui-desk/list-place.ts';
import type { Column } from '../ui-desk/table.tsx';
import { AssetDialog } from './forms.desk.tsx';
import { LabelsDialog, MOST_LABELS } from './labels.desk.tsx';
import { type Asset, assets } from './requests.ts';

export default function AssetsPage() {
  const t = useT();
  const both = useBoth();
  const may = useMay();
  const navigate = useNavigate();
  const place = useListPlace('all');
  const [making, setMaking] = useState(false);
  const [labelling, setLabelling] = useState<readonly string[]>();
  const { q, accepted } = place.filters;
  const filter = { q: q || undefined, accepted: accepted ? accepted === 'yes' : undefined };
  const list = useKeysetList(keys.list('asset', filter), (after) => assets({ ...filter, after }));
  const columns: readonly Column<Asset>[] = [
    {
      key: 'serial',
      title: t('assets.serial'),
      width: 180,
      render: ({ serial }) => <span className="ac-figure">{serial}</span>,
    },
    {
      key: 'product',
      title: t('assets.product'),
      width: 240,
      render: ({ product }) => `${both(product.name)} ${product.model} ${product.model_version}`,
    },
    { key: 'site', title: t('assets.site'), width: 220, render: ({ site_name }) => site_name },
    { key: 'customer', title: t('assets.customer'), width: 220, render: (row) => row.customer_name },
    {
      key: 'accepted',
      title: t('assets.accepted_on'),
      width: 130,
      render: ({ accepted_on }) =>
        accepted_on ? <span className="ac-figure">{accepted_on}</span> : t('assets.not_accepted'),
    },
  ];
  return (
    <div className="ad-below">
      <CustomerTabs />
      <ListPage
        title={t('assets.title')}
        views={[]}
        place={place}
        list={list}
        tools={
          <>
            {may('identity.saved_views') && <SavedViews list="assets" place={place} />}
            {may('lists.export') && (
              <ExportMenu path="/api/assets/export" query={filter} place={place} columns={columns} />
            )}
          </>
        }
        bulk={(ids) => (
          <Button onClick={() => setLabelling([...ids].slice(0, MOST_LABELS))}>
            {t('assets.labels.print_all', { count: Math.min(ids.size, MOST_LABELS) })}
          </Button>
        )}
        rowId={({ id }) => id}
        onOpen={(id) => void navigate({ to: `/assets/${id}` })}
        action={
          <>
            {list.rows.length > 0 && (
              <Button onClick={() => setLabelling(list.rows.slice(0, MOST_LABELS).map(({ id }) => id))}>
                {t('assets.labels.print_all', { count: Math.min(list.rows.length, MOST_LABELS) })}
              </Button>
            )}
            {may('assets.manage') && (
              <Button kind="primary" icon="plus" onClick={() => setMaking(true)}>
                {t('assets.create')}
              </Button>
            )}
          </>
        }
        filters={
          <>
            <SearchFilter label={t('assets.search')} value={q ?? ''} onChange={(next) => place.setFilter('q', next)} />
            <Filter
              label={t('assets.acceptance')}
              value={accepted ?? ''}
              options={[
                { value: 'yes', label: t('assets.accepted') },
                { value: 'no', label: t('assets.not_accepted') },
              ]}
              onChange={(next) => place.setFilter('accepted', next)}
            />
          </>
        }
        chips={[
          ...(q ? [{ name: 'q', label: q }] : []),
          ...(accepted
            ? [{ name: 'accepted', label: t(accepted === 'yes' ? 'assets.accepted' : 'assets.not_accepted') }]
            : []),
        ]}
        columns={columns}
        empty={{ title: t('assets.empty'), hint: t('assets.empty.hint') }}
      />
      {labelling && <LabelsDialog asset_ids={labelling} onClose={() => setLabelling(undefined)} />}
      {making && <AssetDialog onClose={() => setMaking(false)} />}
    </div>
  );
}
