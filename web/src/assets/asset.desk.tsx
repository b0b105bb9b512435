/** One asset: what it is, where it stands, whether it is covered today and why. */
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { keys } from '../api/queries.ts';
import { useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { useDivisionName, useUnitName } from '../organisation/requests.ts';
import { CodePanel } from '../portal/code-panel.desk.tsx';
import { CoverageBadge } from '../ui/badges.tsx';
import { useBoth } from '../ui/both.ts';
import { Button } from '../ui/button.tsx';
import { Query } from '../ui/states.tsx';
import { DateTime } from '../ui/values.tsx';
import { DetailPage, Panel } from '../ui-desk/detail-page.tsx';
import { PlainTable } from '../ui-desk/plain-table.tsx';
import { Fact } from '../ui-desk/record-page.tsx';
import { EditAssetDialog } from './forms.desk.tsx';
import { LabelsDialog } from './labels.desk.tsx';
import { type Asset, asset, coveragePreview, partWarranties } from './requests.ts';

export default function AssetPage() {
  const { asset_id = '' } = useParams({ strict: false }) as { asset_id?: string };
  const query = useQuery({ queryKey: keys.one('asset', asset_id), queryFn: () => asset(asset_id) });
  return <Query of={query}>{(view) => <AssetDetail view={view} />}</Query>;
}

function AssetDetail({ view }: { view: Asset }) {
  const t = useT();
  const both = useBoth();
  const may = useMay();
  const navigate = useNavigate();
  const unitName = useUnitName();
  const division = useDivisionName(view.division_code);
  const [editing, setEditing] = useState(false);
  const [labelling, setLabelling] = useState(false);
  const cover = useQuery({
    queryKey: keys.part('asset', view.id, 'coverage'),
    queryFn: () => coveragePreview(view.id),
    enabled: may('coverage.read'),
  });
  const badge = cover.data?.badge;
  return (
    <DetailPage
      number={view.serial}
      title={`${both(view.product.name)} ${view.product.model}`}
      trail={
        <>
          <Link to={`/customers/${view.customer_id}`}>{view.customer_name}</Link>
          <Link to={`/sites/${view.site_id}`}>{view.site_name}</Link>
        </>
      }
      badges={badge && <CoverageBadge verdict={badge.verdict} date={badge.until ?? null} />}
      actions={
        <>
          <Button onClick={() => setLabelling(true)}>{t('assets.labels.print')}</Button>
          {may('assets.manage') && (
            <Button icon="draft" onClick={() => setEditing(true)}>
              {t('common.edit')}
            </Button>
          )}
          {may('assets.accept') && !view.accepted_on && (
            <Button
              kind="primary"
              icon="sign"
              onClick={() => void navigate({ to: '/acceptances/new', search: { site: view.site_id, asset: view.id } })}
            >
              {t('assets.accept')}
            </Button>
          )}
        </>
      }
    >
      <div className="ad-column">
        {may('coverage.read') && (
          <Panel title={t('assets.coverage')} hint={t('assets.coverage.hint')}>
            <Query of={cover} shape="card">
              {(decision) => (
                <>
                  <p>{both(decision.badge.text)}</p>
                  {decision.badge.provisional && <p className="ac-hint">{t('assets.coverage.provisional')}</p>}
                  {decision.layers.length > 0 && (
                    <PlainTable
                      label={t('assets.coverage')}
                      rows={decision.layers}
                      rowId={(_, index) => String(index)}
                      columns={[
                        { key: 'name', title: t('assets.coverage.layer'), render: ({ name }) => both(name) },
                        {
                          key: 'period',
                          title: t('assets.coverage.period'),
                          render: ({ period }) =>
                            period ? <span className="ac-figure">{`${period.start} – ${period.end}`}</span> : '—',
                        },
                      ]}
                    />
                  )}
                </>
              )}
            </Query>
          </Panel>
        )}
        {may('coverage.read') && <Parts asset_id={view.id} />}
        <CodePanel place={{ of: 'asset', id: view.id }} manages={may('assets.manage')} />
      </div>
      <Panel title={t('customers.facts')}>
        <dl>
          <Fact label={t('assets.product')}>
            {`${both(view.product.name)} ${view.product.model} ${view.product.model_version}`}
          </Fact>
          <Fact label={t('assets.serial')}>{view.serial}</Fact>
          <Fact label={t('assets.label')}>{view.label}</Fact>
          <Fact label={t('assets.parent')}>
            {view.parent_asset_id ? <Link to={`/assets/${view.parent_asset_id}`}>{view.parent_serial}</Link> : '—'}
          </Fact>
          <Fact label={t('assets.accepted_on')}>
            {view.accepted_on && view.acceptance_id ? (
              <Link to={`/acceptances/${view.acceptance_id}`}>{view.accepted_on}</Link>
            ) : (
              (view.accepted_on ?? t('assets.not_accepted'))
            )}
          </Fact>
          <Fact label={t('assets.software_version')}>{view.software_version ?? '—'}</Fact>
          <Fact label={t('assets.foreign_components.short')}>
            {t(view.foreign_components ? 'common.yes' : 'common.no')}
          </Fact>
          <Fact label={t('customers.site.unit')}>{unitName(view.unit_id)}</Fact>
          <Fact label={t('customers.site.division')}>{division}</Fact>
          <Fact label={t('customers.changed_at')}>
            <DateTime at={view.changed_at} />
          </Fact>
        </dl>
      </Panel>
      {labelling && <LabelsDialog asset_ids={[view.id]} onClose={() => setLabelling(false)} />}
      {editing && <EditAssetDialog asset={view} onClose={() => setEditing(false)} />}
    </DetailPage>
  );
}

/** The parts with a warranty of their own; nothing while there are none. */
function Parts({ asset_id }: { asset_id: string }) {
  const t = useT();
  const query = useQuery({
    queryKey: keys.part('asset', asset_id, 'parts'),
    queryFn: () => partWarranties(asset_id),
  });
  if (query.data?.length === 0) return null;
  return (
    <Panel title={t('assets.parts')} hint={t('assets.parts.hint')}>
      <Query of={query} shape="list">
        {(parts) => (
          <PlainTable
            label={t('assets.parts')}
            rows={parts}
            rowId={({ id }) => id}
            columns={[
              { key: 'part', title: t('assets.parts.part'), render: ({ part }) => part },
              { key: 'serial', title: t('assets.serial'), render: ({ serial }) => serial || '—' },
              { key: 'kind', title: t('assets.parts.kind'), render: ({ kind }) => t(`assets.parts.kind.${kind}`) },
              { key: 'source', title: t('assets.parts.source'), render: ({ source_number }) => source_number || '—' },
              {
                key: 'delivered_on',
                title: t('assets.parts.delivered_on'),
                render: ({ delivered_on }) => <span className="ac-figure">{delivered_on}</span>,
              },
              {
                key: 'covered_until',
                title: t('assets.parts.covered_until'),
                render: ({ covered_until }) =>
                  covered_until ? (
                    <span className="ac-figure">{covered_until}</span>
                  ) : (
                    <span className="ac-second">{t('assets.parts.unpublished')}</span>
                  ),
              },
            ]}
          />
        )}
      </Query>
    </Panel>
  );
}
