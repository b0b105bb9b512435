/** Sites: where equipment stands. */
import { useNavigate } from '@tanstack/react-router';
import { keys } from '../api/queries.ts';
import { useT } from '../i18n/index.ts';
import { DivisionPicker } from '../organisation/division-picker.tsx';
import { useBoth } from '../ui/both.ts';
import { SearchFilter } from '../ui-desk/filters.tsx';
import { useKeysetList } from '../ui-desk/keyset.ts';
import { ListPage } from '../ui-desk/list-page.tsx';
import { useListPlace } from '../ui-desk/list-place.ts';
import { sites } from './requests.ts';
import { CustomerTabs } from './tabs.desk.tsx';
import { VipBadge } from './vip.tsx';

export default function SitesPage() {
  const t = useT();
  const both = useBoth();
  const navigate = useNavigate();
  const place = useListPlace('all');
  const { q, division } = place.filters;
  const filter = { q: q || undefined, division_code: division || undefined };
  const list = useKeysetList(keys.list('site', filter), (after) => sites({ ...filter, after }));
  return (
    <div className="ad-below">
      <CustomerTabs />
      <ListPage
        title={t('customers.tab.sites')}
        views={[]}
        place={place}
        list={list}
        rowId={({ id }) => id}
        onOpen={(id) => void navigate({ to: `/sites/${id}` })}
        filters={
          <>
            <SearchFilter
              label={t('customers.site.search')}
              value={q ?? ''}
              onChange={(next) => place.setFilter('q', next)}
            />
            <DivisionPicker
              input={{ id: 'division-filter', required: false, 'aria-describedby': undefined, 'aria-invalid': false }}
              value={division ?? ''}
              onChange={(code) => place.setFilter('division', code)}
            />
          </>
        }
        chips={[
          ...(q ? [{ name: 'q', label: q }] : []),
          ...(division ? [{ name: 'division', label: t('customers.site.in_division') }] : []),
        ]}
        columns={[
          { key: 'name', title: t('customers.site.name'), width: 240, render: ({ name }) => name },
          { key: 'customer', title: t('customers.site.customer'), width: 240, render: (row) => row.customer_name },
          { key: 'vip', title: t('customers.vip'), width: 130, render: (row) => <VipBadge level={row.vip_level} /> },
          { key: 'address', title: t('customers.site.address'), width: 280, render: ({ address }) => address },
          { key: 'unit', title: t('customers.site.unit'), width: 160, render: ({ unit }) => both(unit.name) },
        ]}
        empty={{ title: t('customers.site.empty'), hint: t('customers.site.empty.hint') }}
      />
    </div>
  );
}
