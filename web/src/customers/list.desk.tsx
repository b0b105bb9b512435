/** Customers: found by name, pinyin initials or number. */
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { keys } from '../api/queries.ts';
import { useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { useBoth } from '../ui/both.ts';
import { Button } from '../ui/button.tsx';
import { DateTime } from '../ui/values.tsx';
import { Filter, SearchFilter } from '../ui-desk/filters.tsx';
import { useKeysetList } from '../ui-desk/keyset.ts';
import { ListPage } from '../ui-desk/list-page.tsx';
import { useListPlace } from '../ui-desk/list-place.ts';
import { CustomerDialog } from './forms.desk.tsx';
import { customers, type VipLevel, vipLevels } from './requests.ts';
import { CustomerTabs } from './tabs.desk.tsx';
import { VipBadge } from './vip.tsx';

export default function CustomersPage() {
  const t = useT();
  const both = useBoth();
  const may = useMay();
  const navigate = useNavigate();
  const place = useListPlace('all');
  const [making, setMaking] = useState(false);
  const { q, vip_level } = place.filters;
  const filter = { q: q || undefined, vip_level: (vip_level || undefined) as VipLevel | undefined };
  const list = useKeysetList(keys.list('customer', filter), (after) => customers({ ...filter, after }));
  const open = (id: string) => void navigate({ to: `/customers/${id}` });
  const add = may('customers.manage') && (
    <Button kind="primary" icon="plus" onClick={() => setMaking(true)}>
      {t('customers.create')}
    </Button>
  );
  return (
    <div className="ad-below">
      <CustomerTabs />
      <ListPage
        title={t('customers.title')}
        views={[]}
        place={place}
        list={list}
        rowId={({ id }) => id}
        onOpen={open}
        action={add}
        filters={
          <>
            <SearchFilter
              label={t('customers.search')}
              value={q ?? ''}
              onChange={(next) => place.setFilter('q', next)}
            />
            <Filter
              label={t('customers.vip')}
              value={vip_level ?? ''}
              options={vipLevels.map((value) => ({ value, label: t(`customers.vip.${value}`) }))}
              onChange={(next) => place.setFilter('vip_level', next)}
            />
          </>
        }
        chips={[
          ...(q ? [{ name: 'q', label: q }] : []),
          ...(vip_level ? [{ name: 'vip_level', label: t(`customers.vip.${vip_level}`) }] : []),
        ]}
        columns={[
          { key: 'name', title: t('customers.name'), width: 280, render: ({ name }) => name },
          {
            key: 'number',
            title: t('customers.number'),
            width: 160,
            render: ({ number }) => <span className="ac-figure">{number}</span>,
          },
          { key: 'vip', title: t('customers.vip'), width: 140, render: (row) => <VipBadge level={row.vip_level} /> },
          { key: 'sites', title: t('customers.sites'), width: 90, align: 'right', render: ({ sites }) => sites },
          { key: 'unit', title: t('customers.unit'), width: 180, render: ({ unit }) => both(unit.name) },
          {
            key: 'changed',
            title: t('customers.changed_at'),
            width: 150,
            render: ({ changed_at }) => <DateTime at={changed_at} />,
          },
        ]}
        empty={{ title: t('customers.empty'), hint: t('customers.empty.hint') }}
      />
      {making && <CustomerDialog onClose={() => setMaking(false)} onSaved={({ id }) => open(id)} />}
    </div>
  );
}
