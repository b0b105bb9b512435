/** Making and changing accounts; a new one's link is shown once. */
import { useState } from 'react';
import { type CommandOptions, useCommand } from '../api/command.ts';
import { keys } from '../api/queries.ts';
import { customers } from '../customers/requests.ts';
import { languages, useT } from '../i18n/index.ts';
import { employees } from '../organisation/requests.ts';
import { UnitSelect } from '../organisation/unit-select.tsx';
import { announce } from '../ui/announce.tsx';
import { Button } from '../ui/button.tsx';
import { Field, type Form, useForm } from '../ui/form.tsx';
import { Checks } from '../ui-desk/checks.tsx';
import { Dialog, FormDialog } from '../ui-desk/dialog.tsx';
import { useEdit } from '../ui-desk/edit.tsx';
import { type Pick, RecordPicker } from '../ui-desk/picker.tsx';
import { Invitations } from './invitations.tsx';
import { useMay } from './me.ts';
import { languageNames } from './page-card.tsx';
import { type Account, changeAccount, createAccount, type Role, roles } from './requests.ts';

interface Values {
  name: string;
  roles: Role[];
  unit_id: string | null;
  employee: Pick | undefined;
  customer: Pick | undefined;
  language: 'zh-CN' | 'en';
}

const administrators: readonly Role[] = ['system_admin', 'security_admin', 'audit_admin'];

function body({ employee, customer, ...values }: Values) {
  const isCustomer = values.roles.includes('customer_contact');
  return {
    ...values,
    name: values.name.trim(),
    employee_id: isCustomer ? null : (employee?.id ?? null),
    customer_id: isCustomer ? (customer?.id ?? null) : null,
  };
}

function AccountFields<T extends Values>({ form }: { form: Form<T> }) {
  const t = useT();
  const may = useMay();
  const { values } = form;
  const isCustomer = values.roles.includes('customer_contact');
  const isAdministrator = values.roles.some((role) => administrators.includes(role));
  return (
    <>
      <Field label={t('accounts.name')} required error={form.errorAt('/name')}>
        {(input) => <input {...input} {...form.text('name')} maxLength={80} autoComplete="off" />}
      </Field>
      <Checks
        legend={t('accounts.roles')}
        value={values.roles}
        options={roles.map((value) => ({ value, label: t(`status.role.${value}`) }))}
        onChange={(next) => form.set('roles', next)}
        error={form.errorAt('/roles')}
      />
      <p className="ac-hint">{t('accounts.roles.hint')}</p>
      {!isCustomer && !isAdministrator && (
        <Field label={t('accounts.unit')} hint={t('accounts.unit.hint')} required error={form.errorAt('/unit_id')}>
          {(input) => <UnitSelect input={input} value={values.unit_id} onChange={(id) => form.set('unit_id', id)} />}
        </Field>
      )}
      {!isCustomer && !isAdministrator && (
        <Field
          label={t('accounts.employee')}
          hint={t('accounts.employee.hint')}
          required={values.roles.includes('engineer')}
          error={form.errorAt('/employee_id')}
        >
          {(input) => (
            <RecordPicker
              input={input}
              kind="employee"
              value={values.employee}
              onPick={(pick) => form.set('employee', pick)}
              find={async (q) => {
                const { items } = await employees({ q: q || undefined, limit: 20 });
                return items.map(({ id, name, badge_number }) => ({ id, label: name, detail: badge_number }));
              }}
            />
          )}
        </Field>
      )}
      {isCustomer && (
        <Field
          label={t('accounts.customer')}
          hint={may('customers.read') ? undefined : t('accounts.customer.hint')}
          required
          error={form.errorAt('/customer_id')}
        >
          {(input) =>
            may('customers.read') ? (
              <RecordPicker
                input={input}
                kind="customer"
                value={values.customer}
                onPick={(pick) => form.set('customer', pick)}
                find={async (q) => {
                  const { items } = await customers({ q: q || undefined, limit: 20 });
                  return items.map(({ id, name, number }) => ({ id, label: name, detail: number }));
                }}
              />
            ) : (
              <input
                {...input}
                value={values.customer?.id ?? ''}
                spellCheck={false}
                maxLength={36}
                onChange={(event) => {
                  const id = event.target.value.trim();
                  form.set('customer', id ? { id, label: id } : undefined);
                }}
              />
            )
          }
        </Field>
      )}
      <Field label={t('common.language')} required error={form.errorAt('/language')}>
        {(input) => (
          <select
            {...input}
            value={values.language}
            onChange={(event) => form.set('language', event.target.value as T['language'])}
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

/** A new account; afterwards the link for its holder. */
export function NewAccountDialog({ onClose, onOpen }: { onClose: () => void; onOpen: (id: string) => void }) {
  const t = useT();
  const [made, setMade] = useState<Awaited<ReturnType<typeof createAccount>>>();
  const command = useCommand(
    ({ login, invite, ...values }: Values & { login: string; invite: boolean }, options: CommandOptions) =>
      createAccount({ ...body(values), login: login.trim(), invite }, options),
    { touches: [['account', 'list']] },
  );
  const form = useForm<Values & { login: string; invite: boolean }>({
    initial: {
      login: '',
      name: '',
      roles: [],
      unit_id: null,
      employee: undefined,
      customer: undefined,
      language: 'zh-CN',
      invite: true,
    },
    draft_key: 'accounts.new',
    problem: command.problem,
  });

  if (made) {
    return (
      <Dialog title={t('accounts.created', { name: made.account.name })} onClose={onClose}>
        <div className="ac-form">
          {made.invitation ? (
            <Invitations invitations={[made.invitation]} intro={false} />
          ) : (
            <p>{t('accounts.created.no_link')}</p>
          )}
          <div className="ad-steps">
            <Button onClick={onClose}>{t('common.close')}</Button>
            <Button kind="primary" onClick={() => onOpen(made.account.id)}>
              {t('accounts.open')}
            </Button>
          </div>
        </div>
      </Dialog>
    );
  }
  return (
    <FormDialog
      title={t('accounts.create')}
      form={form}
      verb={t('accounts.create')}
      busy={command.busy}
      problem={command.problem}
      onClose={onClose}
      onSave={async () => {
        const answer = await command.run(form.values);
        if (!answer) return;
        form.reset();
        setMade(answer);
      }}
    >
      <Field label={t('accounts.login')} hint={t('accounts.login.hint')} required error={form.errorAt('/login')}>
        {(input) => (
          <input {...input} {...form.text('login')} maxLength={64} autoCapitalize="none" spellCheck={false} />
        )}
      </Field>
      <AccountFields form={form} />
      <label className="ad-check">
        <input
          type="checkbox"
          checked={form.values.invite}
          onChange={(event) => form.set('invite', event.target.checked)}
        />
        {t('accounts.invite_now')}
      </label>
    </FormDialog>
  );
}

/** Changes an account; the login stays. */
export function EditAccountDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const t = useT();
  const edit = useEdit({
    view: account,
    values: (view: Account): Values => ({
      name: view.name,
      roles: view.roles,
      unit_id: view.unit_id ?? null,
      employee: view.employee_id
        ? { id: view.employee_id, label: t('accounts.employee.kept', { id: view.employee_id.slice(-6) }) }
        : undefined,
      customer: view.customer_id ? { id: view.customer_id, label: view.customer_id } : undefined,
      language: view.language,
    }),
    fields: [
      { name: 'name', label: t('accounts.name') },
      {
        name: 'roles',
        label: t('accounts.roles'),
        show: (value: Role[]) => value.map((role) => t(`status.role.${role}`)).join(', '),
      },
      { name: 'unit_id', label: t('accounts.unit') },
      { name: 'employee', label: t('accounts.employee'), show: (value?: Pick) => value?.label ?? '—' },
      { name: 'customer', label: t('accounts.customer'), show: (value?: Pick) => value?.label ?? '—' },
      { name: 'language', label: t('common.language') },
    ],
    draft_key: `accounts.${account.id}`,
    send: (values, options) =>
      changeAccount(account.id, { ...body(values), contact_id: account.contact_id ?? null }, options),
    touches: [keys.one('account', account.id), ['account', 'list']],
    onSaved: () => {
      announce(t('common.saved'));
      onClose();
    },
  });
  return (
    <FormDialog
      title={t('accounts.change')}
      form={edit.form}
      verb={t('common.save')}
      busy={edit.busy}
      problem={edit.problem}
      conflict={edit.conflict}
      onClose={onClose}
      onSave={() => void edit.save()}
    >
      <AccountFields form={edit.form} />
    </FormDialog>
  );
}
