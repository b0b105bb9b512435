/** Dialogs that make and change customers and contacts. */
import { useCommand } from '../api/command.ts';
import { keys } from '../api/queries.ts';
import { languages, useT } from '../i18n/index.ts';
import { useMe } from '../identity/me.ts';
import { languageNames } from '../identity/page-card.tsx';
import { UnitSelect } from '../organisation/unit-select.tsx';
import { announce } from '../ui/announce.tsx';
import { Field, type Form, useForm } from '../ui/form.tsx';
import { FormDialog } from '../ui-desk/dialog.tsx';
import { useEdit } from '../ui-desk/edit.tsx';
import {
  type Contact,
  type Customer,
  changeContact,
  changeCustomer,
  createContact,
  createCustomer,
  type Site,
  type VipLevel,
  vipLevels,
} from './requests.ts';

interface CustomerValues {
  name: string;
  vip_level: VipLevel;
  billing_party: string;
  unit_id: string | null;
}

const customerBody = ({ name, vip_level, billing_party, unit_id }: CustomerValues) => ({
  name: name.trim(),
  vip_level,
  billing_party: billing_party.trim() || null,
  unit_id,
});

function CustomerFields<T extends CustomerValues>({ form, unit }: { form: Form<T>; unit: boolean }) {
  const t = useT();
  const me = useMe();
  return (
    <>
      <Field label={t('customers.name')} required error={form.errorAt('/name')}>
        {(input) => <input {...input} {...form.text('name')} maxLength={200} />}
      </Field>
      <Field label={t('customers.vip')} required error={form.errorAt('/vip_level')}>
        {(input) => (
          <select
            {...input}
            value={form.values.vip_level}
            onChange={(event) => form.set('vip_level', event.target.value as T['vip_level'])}
          >
            {vipLevels.map((level) => (
              <option key={level} value={level}>
                {t(`customers.vip.${level}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field
        label={t('customers.billing_party')}
        hint={t('customers.billing_party.hint')}
        error={form.errorAt('/billing_party')}
      >
        {(input) => <input {...input} {...form.text('billing_party')} maxLength={200} />}
      </Field>
      {unit && (
        <Field label={t('customers.unit')} hint={t('customers.unit.hint')} error={form.errorAt('/unit_id')}>
          {(input) => (
            <UnitSelect
              input={input}
              value={form.values.unit_id}
              none={me?.unit?.name ?? t('common.choose')}
              onChange={(id) => form.set('unit_id', id as T['unit_id'])}
            />
          )}
        </Field>
      )}
    </>
  );
}

/** A new customer. */
export function CustomerDialog({ onClose, onSaved }: { onClose: () => void; onSaved: (made: Customer) => void }) {
  const t = useT();
  const command = useCommand(createCustomer, { touches: [['customer', 'list']] });
  const form = useForm<CustomerValues>({
    initial: { name: '', vip_level: 'none', billing_party: '', unit_id: null },
    draft_key: 'customers.new',
    problem: command.problem,
  });
  return (
    <FormDialog
      title={t('customers.create')}
      form={form}
      verb={t('customers.create')}
      busy={command.busy}
      problem={command.problem}
      onClose={onClose}
      onSave={async () => {
        const made = await command.run(customerBody(form.values));
        if (!made) return;
        form.reset();
        onSaved(made);
      }}
    >
      <CustomerFields form={form} unit />
    </FormDialog>
  );
}

/** Changes a customer. */
export function EditCustomerDialog({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const t = useT();
  const edit = useEdit({
    view: customer,
    values: (view: Customer): CustomerValues => ({
      name: view.name,
      vip_level: view.vip_level,
      billing_party: view.billing_party ?? '',
      unit_id: view.unit.id,
    }),
    fields: [
      { name: 'name', label: t('customers.name') },
      { name: 'vip_level', label: t('customers.vip'), show: (level: VipLevel) => t(`customers.vip.${level}`) },
      { name: 'billing_party', label: t('customers.billing_party') },
    ],
    draft_key: `customers.${customer.id}`,
    send: (values, options) => changeCustomer(customer.id, customerBody(values), options),
    touches: [keys.one('customer', customer.id), ['customer', 'list']],
    onSaved: () => {
      announce(t('common.saved'));
      onClose();
    },
  });
  return (
    <FormDialog
      title={t('customers.change')}
      form={edit.form}
      verb={t('common.save')}
      busy={edit.busy}
      problem={edit.problem}
      conflict={edit.conflict}
      onClose={onClose}
      onSave={() => void edit.save()}
    >
      <CustomerFields form={edit.form} unit={false} />
    </FormDialog>
  );
}

interface ContactValues {
  name: string;
  role: string;
  phone: string;
  email: string;
  site_id: string | null;
  lang: 'zh-CN' | 'en';
}

const contactBody = ({ name, role, phone, email, site_id, lang }: ContactValues) => ({
  name: name.trim(),
  role: role.trim(),
  phone: phone.trim() || null,
  email: email.trim() || null,
  site_id,
  lang,
});

function ContactFields<T extends ContactValues>(props: { form: Form<T>; sites: readonly Site[]; contact?: Contact }) {
  const t = useT();
  const { form, sites, contact } = props;
  const kept = (value: string | null | undefined) => (value ? t('customers.contact.kept', { value }) : undefined);
  return (
    <>
      <div className="ad-two">
        <Field
          label={t('customers.contact.name')}
          hint={t('customers.contact.name.hint')}
          error={form.errorAt('/name')}
        >
          {(input) => <input {...input} {...form.text('name')} maxLength={80} autoComplete="off" />}
        </Field>
        <Field
          label={t('customers.contact.role')}
          hint={t('customers.contact.role.hint')}
          error={form.errorAt('/role')}
        >
          {(input) => <input {...input} {...form.text('role')} maxLength={80} />}
        </Field>
      </div>
      <Field
        label={t('customers.contact.phone')}
        hint={kept(contact?.phone_masked) ?? t('customers.contact.phone.hint')}
        error={form.errorAt('/phone')}
      >
        {(input) => <input {...input} {...form.text('phone')} type="tel" maxLength={40} autoComplete="off" />}
      </Field>
      <Field label={t('customers.contact.email')} hint={kept(contact?.email_masked)} error={form.errorAt('/email')}>
        {(input) => <input {...input} {...form.text('email')} type="email" maxLength={200} autoComplete="off" />}
      </Field>
      <Field label={t('customers.contact.site')} error={form.errorAt('/site_id')}>
        {(input) => (
          <select
            {...input}
            value={form.values.site_id ?? ''}
            onChange={(event) => form.set('site_id', (event.target.value || null) as T['site_id'])}
          >
            <option value="">{t('customers.contact.all_sites')}</option>
            {sites.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('customers.contact.lang')} required error={form.errorAt('/lang')}>
        {(input) => (
          <select
            {...input}
            value={form.values.lang}
            onChange={(event) => form.set('lang', event.target.value as T['lang'])}
          >
            {languages.map((language) => (
              <option key={language} value={language}>
                {languageNames[language]}
              </option>
            ))}
          </select>
        )}
      </Field>
    </>
  );
}

/** A new contact of a customer; `site_id` is chosen where the dialog opens from a site. */
export function ContactDialog(props: {
  customer_id: string;
  sites: readonly Site[];
  site_id?: string;
  onClose: () => void;
}) {
  const t = useT();
  const { customer_id, sites, site_id, onClose } = props;
  const command = useCommand(createContact, { touches: [['customer'], ['site'], ['contact']] });
  const form = useForm<ContactValues>({
    initial: { name: '', role: '', phone: '', email: '', site_id: site_id ?? null, lang: 'zh-CN' },
    draft_key: `customers.contact.new.${customer_id}`,
    problem: command.problem,
  });
  return (
    <FormDialog
      title={t('customers.contact.create')}
      form={form}
      verb={t('customers.contact.create')}
      busy={command.busy}
      problem={command.problem}
      onClose={onClose}
      onSave={async () => {
        if (!(await command.run({ ...contactBody(form.values), customer_id }))) return;
        form.reset();
        announce(t('common.saved'));
        onClose();
      }}
    >
      <ContactFields form={form} sites={sites} />
    </FormDialog>
  );
}

/** Changes a contact; an empty number or address stays as it was. */
export function EditContactDialog(props: { contact: Contact; sites: readonly Site[]; onClose: () => void }) {
  const t = useT();
  const { contact, sites, onClose } = props;
  const edit = useEdit({
    view: contact,
    values: (view: Contact): ContactValues => ({
      name: view.name,
      role: view.role,
      phone: '',
      email: '',
      site_id: view.site_id ?? null,
      lang: view.lang,
    }),
    fields: [
      { name: 'name', label: t('customers.contact.name') },
      { name: 'role', label: t('customers.contact.role') },
      { name: 'phone', label: t('customers.contact.phone') },
      { name: 'email', label: t('customers.contact.email') },
      {
        name: 'site_id',
        label: t('customers.contact.site'),
        show: (id: string | null) => sites.find((each) => each.id === id)?.name ?? t('customers.contact.all_sites'),
      },
      { name: 'lang', label: t('customers.contact.lang') },
    ],
    draft_key: `customers.contact.${contact.id}`,
    send: (values, options) => changeContact(contact.id, contactBody(values), options),
    touches: [['customer'], ['site'], ['contact']],
    onSaved: () => {
      announce(t('common.saved'));
      onClose();
    },
  });
  return (
    <FormDialog
      title={t('customers.contact.change')}
      form={edit.form}
      verb={t('common.save')}
      busy={edit.busy}
      problem={edit.problem}
      conflict={edit.conflict}
      onClose={onClose}
      onSave={() => void edit.save()}
    >
      <ContactFields form={edit.form} sites={sites} contact={contact} />
    </FormDialog>
  );
}
