/** One customer: level, sites, contacts. */
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { keys } from '../api/queries.ts';
import { useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { useBoth } from '../ui/both.ts';
import { Button } from '../ui/button.tsx';
import { Query } from '../ui/states.tsx';
import { DateTime } from '../ui/values.tsx';
import { DetailPage, Panel } from '../ui-desk/detail-page.tsx';
import { PlainTable } from '../ui-desk/plain-table.tsx';
import { Fact } from '../ui-desk/record-page.tsx';
import { ContactsPanel } from './contacts.desk.tsx';
import { EditCustomerDialog } from './forms.desk.tsx';
import { type CustomerPageView, customer } from './requests.ts';
import { SiteDialog } from './site-form.desk.tsx';
import { VipBadge } from './vip.tsx';

export default function CustomerPage() {
  const { customer_id = '' } = useParams({ strict: false }) as { customer_id?: string };
  const query = useQuery({ queryKey: keys.one('customer', customer_id), queryFn: () => customer(customer_id) });
  return <Query of={query}>{(page) => <CustomerDetail page={page} />}</Query>;
}

function CustomerDetail({ page }: { page: CustomerPageView }) {
  const t = useT();
  const both = useBoth();
  const manages = useMay()('customers.manage');
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<'edit' | 'site'>();
  return (
    <DetailPage
      number={page.number}
      title={page.name}
      badges={page.vip_level === 'none' ? undefined : <VipBadge level={page.vip_level} />}
      actions={
        manages && (
          <Button icon="draft" onClick={() => setDialog('edit')}>
            {t('common.edit')}
          </Button>
        )
      }
    >
      <div className="ad-column">
        <Panel
          title={t('customers.tab.sites')}
          action={
            manages && (
              <Button kind="primary" icon="plus" onClick={() => setDialog('site')}>
                {t('customers.site.create')}
              </Button>
            )
          }
        >
          {page.site_list.length === 0 ? (
            <p className="ac-second">{t('customers.site_list.empty')}</p>
          ) : (
            <PlainTable
              label={t('customers.tab.sites')}
              rows={page.site_list}
              rowId={({ id }) => id}
              columns={[
                {
                  key: 'name',
                  title: t('customers.site.name'),
                  render: ({ id, name }) => <Link to={`/sites/${id}`}>{name}</Link>,
                },
                { key: 'address', title: t('customers.site.address'), render: ({ address }) => address },
                { key: 'unit', title: t('customers.site.unit'), render: ({ unit }) => both(unit.name) },
              ]}
            />
          )}
          {page.site_list.length < page.sites && (
            <p className="ac-hint">
              {t('customers.site_list.more', { shown: page.site_list.length, count: page.sites })}
            </p>
          )}
        </Panel>
        <ContactsPanel
          customer_id={page.id}
          contacts={page.contacts}
          more={page.more_contacts}
          sites={page.site_list}
        />
      </div>
      <Panel title={t('customers.facts')}>
        <dl>
          <Fact label={t('customers.number')}>{page.number}</Fact>
          <Fact label={t('customers.vip')}>{t(`customers.vip.${page.vip_level}`)}</Fact>
          <Fact label={t('customers.billing_party')}>{page.billing_party || t('customers.billing_party.self')}</Fact>
          <Fact label={t('customers.unit')}>{both(page.unit.name)}</Fact>
          <Fact label={t('customers.created_at')}>
            <DateTime at={page.created_at} />
          </Fact>
          <Fact label={t('customers.changed_at')}>
            <DateTime at={page.changed_at} />
          </Fact>
        </dl>
      </Panel>
      {dialog === 'edit' && <EditCustomerDialog customer={page} onClose={() => setDialog(undefined)} />}
      {dialog === 'site' && (
        <SiteDialog
          customer_id={page.id}
          onClose={() => setDialog(undefined)}
          onSaved={({ id }) => void navigate({ to: `/sites/${id}` })}
        />
      )}
    </DetailPage>
  );
}
