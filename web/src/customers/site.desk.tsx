/** One site: where it is, when to enter, what stands there, whom to call, what is open. */
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { api, call } from '../api/client.ts';
import { keys } from '../api/queries.ts';
import { AssetDialog } from '../assets/forms.desk.tsx';
import { useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { useDivisionName } from '../organisation/requests.ts';
import { SeverityBadge, StatusBadge } from '../ui/badges.tsx';
import { useBoth } from '../ui/both.ts';
import { Button } from '../ui/button.tsx';
import { Query } from '../ui/states.tsx';
import { DateTime } from '../ui/values.tsx';
import { DetailPage, Panel } from '../ui-desk/detail-page.tsx';
import { PlainTable } from '../ui-desk/plain-table.tsx';
import { Fact } from '../ui-desk/record-page.tsx';
import { AccessHoursText } from './access-hours.tsx';
import { ContactsPanel } from './contacts.desk.tsx';
import { type SiteView, site } from './requests.ts';
import { EditSiteDialog } from './site-form.desk.tsx';
import { VipBadge } from './vip.tsx';

export default function SitePage() {
  const { site_id = '' } = useParams({ strict: false }) as { site_id?: string };
  const query = useQuery({ queryKey: keys.one('site', site_id), queryFn: () => site(site_id) });
  return <Query of={query}>{(view) => <SiteDetail view={view} />}</Query>;
}

function SiteDetail({ view }: { view: SiteView }) {
  const t = useT();
  const both = useBoth();
  const may = useMay();
  const navigate = useNavigate();
  const division = useDivisionName(view.division_code);
  const [dialog, setDialog] = useState<'site' | 'asset'>();
  const close = () => setDialog(undefined);
  const acceptable = view.assets.some(({ accepted_on }) => !accepted_on);
  return (
    <DetailPage
      title={view.name}
      trail={<Link to={`/customers/${view.customer_id}`}>{view.customer_name}</Link>}
      badges={view.vip_level === 'none' ? undefined : <VipBadge level={view.vip_level} />}
      actions={
        <>
          {may('customers.manage') && (
            <Button icon="draft" onClick={() => setDialog('site')}>
              {t('common.edit')}
            </Button>
          )}
          {may('assets.accept') && acceptable && (
            <Button
              kind="primary"
              icon="sign"
              onClick={() => void navigate({ to: '/acceptances/new', search: { site: view.id } })}
            >
              {t('assets.accept')}
            </Button>
          )}
        </>
      }
    >
      <div className="ad-column">
        {may('cases.read') && <OpenCases site_id={view.id} />}
        <Panel
          title={t('assets.title')}
          action={
            may('assets.manage') && (
              <Button icon="plus" onClick={() => setDialog('asset')}>
                {t('assets.create')}
              </Button>
            )
          }
        >
          {view.assets.length === 0 ? (
            <p className="ac-second">{t('assets.at_site.empty')}</p>
          ) : (
            <PlainTable
              label={t('assets.title')}
              rows={view.assets}
              rowId={({ id }) => id}
              columns={[
                {
                  key: 'serial',
                  title: t('assets.serial'),
                  render: ({ id, serial }) => <Link to={`/assets/${id}`}>{serial}</Link>,
                },
                {
                  key: 'product',
                  title: t('assets.product'),
                  render: ({ product }) => `${both(product.name)} ${product.model} ${product.model_version}`,
                },
                { key: 'parent', title: t('assets.parent'), render: ({ parent_serial }) => parent_serial ?? '—' },
                {
                  key: 'accepted',
                  title: t('assets.accepted_on'),
                  render: ({ accepted_on }) => accepted_on ?? t('assets.not_accepted'),
                },
              ]}
            />
          )}
        </Panel>
        <ContactsPanel customer_id={view.customer_id} contacts={view.contacts} sites={[view]} site_id={view.id} />
      </div>
      <Panel title={t('customers.facts')}>
        <dl>
          <Fact label={t('customers.site.address')}>{view.address}</Fact>
          <Fact label={t('customers.site.division')}>{division}</Fact>
          <Fact label={t('customers.site.point')}>
            {view.point ? `${view.point.lat.toFixed(5)}, ${view.point.lon.toFixed(5)}` : t('customers.site.no_point')}
          </Fact>
          <Fact label={t('customers.access')}>
            <AccessHoursText value={view.access_hours} />
          </Fact>
          <Fact label={t('customers.site.unit')}>{both(view.unit.name)}</Fact>
          <Fact label={t('customers.site.zone')}>{view.zone}</Fact>
          <Fact label={t('customers.changed_at')}>
            <DateTime at={view.changed_at} />
          </Fact>
        </dl>
      </Panel>
      {dialog === 'site' && <EditSiteDialog site={view} onClose={close} />}
      {dialog === 'asset' && <AssetDialog site={view} onClose={close} />}
    </DetailPage>
  );
}

function OpenCases({ site_id }: { site_id: string }) {
  const t = useT();
  const query = useQuery({
    queryKey: keys.list('case', { site: site_id, view: 'open' }),
    queryFn: () => call(api.GET('/api/cases', { params: { query: { site: site_id, view: 'open' } } })),
  });
  return (
    <Panel title={t('customers.open_cases')}>
      <Query of={query} shape="card">
        {({ items }) =>
          items.length === 0 ? (
            <p className="ac-second">{t('customers.open_cases.empty')}</p>
          ) : (
            <PlainTable
              label={t('customers.open_cases')}
              rows={items}
              rowId={({ id }) => id}
              columns={[
                {
                  key: 'number',
                  title: t('customers.number'),
                  render: ({ id, number }) => <Link to={`/cases/${id}`}>{number}</Link>,
                },
                {
                  key: 'severity',
                  title: t('customers.open_cases.severity'),
                  render: ({ severity }) => <SeverityBadge severity={severity} />,
                },
                {
                  key: 'state',
                  title: t('customers.open_cases.state'),
                  render: ({ state }) => <StatusBadge kind="case" state={state} />,
                },
                { key: 'symptom', title: t('customers.open_cases.symptom'), render: ({ symptom }) => symptom },
                {
                  key: 'reported',
                  title: t('customers.open_cases.reported_at'),
                  render: ({ reported_at, zone }) => <DateTime at={reported_at} zone={zone} />,
                },
              ]}
            />
          )
        }
      </Query>
    </Panel>
  );
}
