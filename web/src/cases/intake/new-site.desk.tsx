/** A customer and a site made in place, when the caller is nobody's yet; the report goes on where it stood. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useCommand } from '../../api/command.ts';
import { createCustomer, createSite, divisions } from '../../calls/requests.ts';
import { useT } from '../../i18n/index.ts';
import { Field, useForm } from '../../ui/form.tsx';
import { FormDialog } from '../../ui-desk/dialog.tsx';
import type { ChosenSite } from './form.desk.tsx';

interface Values {
  customer_name: string;
  name: string;
  address: string;
  province: string;
  city: string;
  county: string;
}

export function NewSiteDialog(props: { name: string; onClose: () => void; onMade: (site: ChosenSite) => void }) {
  const t = useT();
  const { name, onClose, onMade } = props;
  // The customer may have been made before the site was refused: it is not made twice.
  const [customer_id, setCustomer] = useState<string>();
  const customer = useCommand(createCustomer);
  const site = useCommand(createSite);
  const problem = customer.problem ?? site.problem;
  const form = useForm<Values>({
    initial: { customer_name: name, name, address: '', province: '', city: '', county: '' },
    draft_key: 'intake.site',
    problem,
  });
  const { values, set } = form;
  const save = async () => {
    const faults = [
      ...(values.name.trim() ? [] : [{ pointer: '/name', code: 'missing', detail: t('intake.missing.name') }]),
      ...(values.address.trim() ? [] : [{ pointer: '/address', code: 'missing', detail: t('intake.missing.address') }]),
      ...(values.county ? [] : [{ pointer: '/division_code', code: 'missing', detail: t('intake.missing.county') }]),
    ];
    if (faults.length > 0) {
      form.setErrors(faults);
      return;
    }
    const customer_name = values.customer_name.trim() || values.name.trim();
    const owner = customer_id ?? (await customer.run({ name: customer_name }))?.id;
    if (!owner) return;
    setCustomer(owner);
    const made = await site.run({
      customer_id: owner,
      name: values.name.trim(),
      address: values.address.trim(),
      division_code: values.county,
    });
    if (!made) return;
    form.reset();
    onMade({ id: made.id, name: made.name, customer_name: made.customer_name, vip: false });
  };
  return (
    <FormDialog
      title={t('intake.new_site')}
      verb={t('intake.new_site.save')}
      form={form}
      busy={customer.busy || site.busy}
      problem={problem}
      onSave={() => void save()}
      onClose={onClose}
    >
      <Field label={t('intake.site_name')} required error={form.errorAt('/name')}>
        {(input) => <input {...input} {...form.text('name')} maxLength={200} />}
      </Field>
      <Field label={t('intake.customer_name')} hint={t('intake.customer_name.hint')}>
        {(input) => <input {...input} {...form.text('customer_name')} maxLength={200} disabled={!!customer_id} />}
      </Field>
      <div className="ad-three">
        <Division
          label={t('intake.province')}
          parent={undefined}
          value={values.province}
          onChange={(code) => {
            set('province', code);
            set('city', '');
            set('county', '');
          }}
        />
        <Division
          label={t('intake.city')}
          parent={values.province}
          value={values.city}
          onChange={(code) => {
            set('city', code);
            set('county', '');
          }}
        />
        <Division
          label={t('intake.county')}
          parent={values.city}
          value={values.county}
          onChange={(code) => set('county', code)}
          error={form.errorAt('/division_code')}
        />
      </div>
      <Field label={t('intake.address')} required error={form.errorAt('/address')}>
        {(input) => <input {...input} {...form.text('address')} maxLength={500} />}
      </Field>
    </FormDialog>
  );
}

function Division(props: {
  label: string;
  parent: string | undefined;
  value: string;
  onChange: (code: string) => void;
  error?: string | undefined;
}) {
  const t = useT();
  const { label, parent, value, onChange, error } = props;
  const list = useQuery({
    queryKey: ['division', 'list', parent ?? ''],
    queryFn: () => divisions(parent),
    enabled: parent !== '',
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Field label={label} required error={error}>
      {(input) => (
        <select {...input} value={value} onChange={(event) => onChange(event.target.value)} disabled={parent === ''}>
          <option value="">{t('common.choose')}</option>
          {list.data?.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
