/** Who calls and where: the chosen site with its customer, and the contact who is called back. */
import { useEffect } from 'react';
import { toProblem } from '../../api/problem.ts';
import { useT } from '../../i18n/index.ts';
import { useBoth } from '../../ui/both.ts';
import { Field, type Form } from '../../ui/form.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ErrorState } from '../../ui/states.tsx';
import type { Schemas } from '../requests.ts';
import type { IntakeValues } from './form.desk.tsx';

export function Who(props: { form: Form<IntakeValues>; site: Schemas['SiteView'] | undefined; error: unknown }) {
  const t = useT();
  const both = useBoth();
  const { form, site, error } = props;
  const { values, set } = form;
  const contacts = site?.contacts ?? [];

  // The only contact of a site is the one who calls, unless the number says that it is somebody else.
  const only = contacts.length === 1 ? contacts[0]?.id : undefined;
  useEffect(() => {
    if (only && !values.contact_id && !values.caller_number && !values.contact_name) set('contact_id', only);
  }, [only, values.contact_id, values.caller_number, values.contact_name, set]);

  if (!values.site) {
    return values.caller_number ? (
      <p className="ad-kept-number">
        <Icon name="phone" size={14} /> <span className="ac-figure">{values.caller_number}</span>{' '}
        <button
          type="button"
          className="ac-link"
          onClick={() => {
            set('caller_number', '');
            set('contact_phone', '');
          }}
        >
          {t('common.remove')}
        </button>
      </p>
    ) : (
      <p className="ac-second">{t('intake.who.hint')}</p>
    );
  }
  const outside = error ? toProblem(error).status === 404 : false;
  return (
    <div className="ad-who">
      <div className="ad-who-site">
        <b>{values.site.name}</b>
        {values.site.vip && <span className="ac-badge ac-vip">{t('status.vip')}</span>}
        <div>{values.site.customer_name}</div>
        {site && (
          <div className="ac-second">
            {site.address} · {both(site.unit.name)}
          </div>
        )}
        {site?.access_hours.note && <div className="ac-second">{site.access_hours.note}</div>}
        <button
          type="button"
          className="ac-link"
          onClick={() => {
            set('site', null);
            set('asset_id', '');
            set('contact_id', '');
          }}
        >
          {t('intake.other_site')}
        </button>
      </div>
      {outside ? (
        <p className="ac-hint">{t('intake.outside')}</p>
      ) : (
        Boolean(error) && <ErrorState error={error} inline />
      )}
      <fieldset className="ad-contacts">
        <legend>{t('intake.contact')}</legend>
        {contacts.map(({ id, name, role, phone_masked }) => (
          <label key={id} className="ad-contact" data-chosen={values.contact_id === id}>
            <input
              type="radio"
              name="contact"
              checked={values.contact_id === id}
              onChange={() => set('contact_id', id)}
            />
            <span>
              {[name, role].filter(Boolean).join(' · ') || '—'}
              <span className="ac-second ac-figure"> {phone_masked}</span>
            </span>
          </label>
        ))}
        <label className="ad-contact" data-chosen={!values.contact_id}>
          <input type="radio" name="contact" checked={!values.contact_id} onChange={() => set('contact_id', '')} />
          <span>{t('intake.contact.new')}</span>
        </label>
      </fieldset>
      {!values.contact_id && (
        <div className="ac-form">
          <Field label={t('intake.contact.phone')} error={form.errorAt('/contact') ?? form.errorAt('/caller_number')}>
            {(input) => (
              <input {...input} {...form.text('contact_phone')} inputMode="tel" autoComplete="off" maxLength={40} />
            )}
          </Field>
          <Field label={t('intake.contact.name')}>
            {(input) => <input {...input} {...form.text('contact_name')} autoComplete="off" maxLength={100} />}
          </Field>
          <Field label={t('intake.contact.role')}>
            {(input) => <input {...input} {...form.text('contact_role')} autoComplete="off" maxLength={100} />}
          </Field>
        </div>
      )}
    </div>
  );
}
