/** The contacts of a customer or site: numbers masked, shown after a reason. */
import { useState } from 'react';
import { useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { Button } from '../ui/button.tsx';
import { Panel } from '../ui-desk/detail-page.tsx';
import { PlainTable } from '../ui-desk/plain-table.tsx';
import { ContactDialog, EditContactDialog } from './forms.desk.tsx';
import type { Contact, Site } from './requests.ts';
import { ContactPhone } from './reveal.desk.tsx';

export function ContactsPanel(props: {
  customer_id: string;
  contacts: readonly Contact[];
  sites: readonly Site[];
  site_id?: string;
  /** Whether there are more contacts than these. */
  more?: boolean;
}) {
  const t = useT();
  const manages = useMay()('customers.manage');
  const { customer_id, contacts, sites, site_id } = props;
  const [making, setMaking] = useState(false);
  const [changing, setChanging] = useState<Contact>();
  return (
    <Panel
      title={t('customers.contacts')}
      action={
        manages && (
          <Button icon="plus" onClick={() => setMaking(true)}>
            {t('customers.contact.create')}
          </Button>
        )
      }
    >
      {contacts.length === 0 ? (
        <p className="ac-second">{t('customers.contacts.empty')}</p>
      ) : (
        <PlainTable
          label={t('customers.contacts')}
          rows={contacts}
          rowId={({ id }) => id}
          columns={[
            {
              key: 'name',
              title: t('customers.contact.name'),
              render: ({ name, role }) => (
                <>
                  {name || t('customers.contact.nameless')}
                  {role && <div className="ac-second">{role}</div>}
                </>
              ),
            },
            {
              key: 'phone',
              title: t('customers.contact.phone'),
              render: ({ id, phone_masked }) => <ContactPhone contact_id={id} masked={phone_masked} />,
            },
            { key: 'email', title: t('customers.contact.email'), render: ({ email_masked }) => email_masked ?? '—' },
            {
              key: 'site',
              title: t('customers.contact.site'),
              render: (row) => sites.find(({ id }) => id === row.site_id)?.name ?? t('customers.contact.all_sites'),
            },
            {
              key: 'edit',
              title: '',
              render: (contact) =>
                manages && (
                  <button type="button" className="ac-link" onClick={() => setChanging(contact)}>
                    {t('common.edit')}
                  </button>
                ),
            },
          ]}
        />
      )}
      {props.more && <p className="ac-second">{t('customers.contacts.more', { shown: contacts.length })}</p>}
      {making && (
        <ContactDialog
          customer_id={customer_id}
          sites={sites}
          {...(site_id ? { site_id } : {})}
          onClose={() => setMaking(false)}
        />
      )}
      {changing && <EditContactDialog contact={changing} sites={sites} onClose={() => setChanging(undefined)} />}
    </Panel>
  );
}
