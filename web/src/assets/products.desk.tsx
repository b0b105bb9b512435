/** The catalogue of products: what can be registered, and the skill its service needs. */
import { useState } from 'react';
import { useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { skillCodes } from '../organisation/requests.ts';
import { SettingsFrame } from '../settings/frame.desk.tsx';
import { useBoth } from '../ui/both.ts';
import { Button } from '../ui/button.tsx';
import { Empty, ErrorState, Loading } from '../ui/states.tsx';
import { Panel } from '../ui-desk/detail-page.tsx';
import { SearchFilter } from '../ui-desk/filters.tsx';
import { useKeysetList } from '../ui-desk/keyset.ts';
import { PlainTable } from '../ui-desk/plain-table.tsx';
import { EditProductDialog, ProductDialog } from './forms.desk.tsx';
import { type Product, products } from './requests.ts';

export default function ProductsPage() {
  const t = useT();
  const both = useBoth();
  const may = useMay();
  const [model, setModel] = useState('');
  const [making, setMaking] = useState(false);
  const [changing, setChanging] = useState<Product>();
  const list = useKeysetList(['product', 'list', model], (after) => products({ model: model || undefined, after }));
  const skill = (code: string) =>
    (skillCodes as readonly string[]).includes(code) ? t(`organisation.skill.${code}`) : code;
  return (
    <SettingsFrame
      title={t('assets.products')}
      action={
        may('assets.products') && (
          <Button kind="primary" icon="plus" onClick={() => setMaking(true)}>
            {t('assets.product.create')}
          </Button>
        )
      }
    >
      <Panel title={t('assets.products.list')} hint={t('assets.products.hint')}>
        <SearchFilter label={t('assets.product.search')} value={model} onChange={setModel} />
        {list.isPending ? (
          <Loading />
        ) : list.error && list.rows.length === 0 ? (
          <ErrorState error={list.error} onRetry={list.refetch} />
        ) : list.rows.length === 0 ? (
          <Empty title={t('assets.products.empty')} hint={t('assets.products.empty.hint')} />
        ) : (
          <PlainTable
            label={t('assets.products')}
            rows={list.rows}
            rowId={({ id }) => id}
            columns={[
              { key: 'model', title: t('assets.product.model'), render: (row) => `${row.model} ${row.model_version}` },
              { key: 'name', title: t('assets.product.name'), render: ({ name }) => both(name) },
              { key: 'kind', title: t('assets.product.kind'), render: ({ kind }) => skill(kind) },
              {
                key: 'active',
                title: t('assets.product.active'),
                render: ({ active }) => t(active ? 'common.yes' : 'common.no'),
              },
              {
                key: 'edit',
                title: '',
                render: (row) =>
                  may('assets.products') && (
                    <button type="button" className="ac-link" onClick={() => setChanging(row)}>
                      {t('common.edit')}
                    </button>
                  ),
              },
            ]}
          />
        )}
        {list.hasMore && (
          <div>
            <Button busy={list.loadingMore} onClick={list.loadMore}>
              {t('common.show_more')}
            </Button>
          </div>
        )}
      </Panel>
      {making && <ProductDialog onClose={() => setMaking(false)} />}
      {changing && <EditProductDialog product={changing} onClose={() => setChanging(undefined)} />}
    </SettingsFrame>
  );
}
