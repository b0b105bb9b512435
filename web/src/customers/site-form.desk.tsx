/** Making and changing a site: address, division, point, access hours. */
import { useCommand } from '../api/command.ts';
import { keys } from '../api/queries.ts';
import { type Translate, useT } from '../i18n/index.ts';
import { DivisionPicker } from '../organisation/division-picker.tsx';
import type { Division } from '../organisation/requests.ts';
import { UnitSelect } from '../organisation/unit-select.tsx';
import { announce } from '../ui/announce.tsx';
import { Field, type Form, useForm } from '../ui/form.tsx';
import { FormDialog } from '../ui-desk/dialog.tsx';
import { useEdit } from '../ui-desk/edit.tsx';
import { AccessHoursEditor } from './access-hours.tsx';
import { type AccessHours, changeSite, createSite, type Site, type SiteInput } from './requests.ts';

interface SiteValues {
  name: string;
  address: string;
  /** As far as it is chosen; only a county counts. */
  division: string;
  abroad: boolean;
  lon: string;
  lat: string;
  access_hours: AccessHours;
  unit_id: string | null;
  zone: string;
}

const fresh: SiteValues = {
  name: '',
  address: '',
  division: '',
  abroad: false,
  lon: '',
  lat: '',
  access_hours: { always: true, weekly: [], note: null },
  unit_id: null,
  zone: 'Asia/Shanghai',
};

const body = (values: SiteValues): SiteInput => ({
  name: values.name.trim(),
  address: values.address.trim(),
  division_code: values.abroad ? null : values.division || null,
  point: values.lon.trim() && values.lat.trim() ? { lon: Number(values.lon), lat: Number(values.lat) } : null,
  access_hours: values.access_hours,
  unit_id: values.abroad ? values.unit_id : null,
  zone: values.zone.trim() || null,
});

/** What the server can't see: half a point, text instead of degrees, a division that stops above the county. */
function check<T extends SiteValues>(form: Form<T>, t: Translate): boolean {
  const { lon, lat, division, abroad } = form.values;
  const faults: { pointer: string; code: string; detail: string }[] = [];
  if (!abroad && division.length !== 6)
    faults.push({ pointer: '/division_code', code: 'division', detail: t('customers.site.fault.division') });
  if (Boolean(lon.trim()) !== Boolean(lat.trim()) || Number.isNaN(Number(lon)) || Number.isNaN(Number(lat)))
    faults.push({ pointer: '/point', code: 'point', detail: t('customers.site.fault.point') });
  form.setErrors(faults);
  return faults.length === 0;
}

function SiteFields<T extends SiteValues>({ form }: { form: Form<T> }) {
  const t = useT();
  const { values } = form;
  const place = (code: string, division: Division | undefined) => {
    form.set('division', code as T['division']);
    // A rough point, until somebody enters the exact one.
    if (division?.level === 'county' && division.point && !values.lon && !values.lat) {
      form.set('lon', String(division.point.lon) as T['lon']);
      form.set('lat', String(division.point.lat) as T['lat']);
    }
  };
  return (
    <>
      <Field label={t('customers.site.name')} required error={form.errorAt('/name')}>
        {(input) => <input {...input} {...form.text('name')} maxLength={200} />}
      </Field>
      <Field
        label={t('customers.site.address')}
        hint={t('customers.site.address.hint')}
        required
        error={form.errorAt('/address')}
      >
        {(input) => <input {...input} {...form.text('address')} maxLength={300} />}
      </Field>
      {!values.abroad && (
        <Field
          label={t('customers.site.division')}
          hint={t('customers.site.division.hint')}
          required
          error={form.errorAt('/division_code')}
        >
          {(input) => <DivisionPicker input={input} value={values.division} onChange={place} />}
        </Field>
      )}
      <label className="ad-check">
        <input
          type="checkbox"
          checked={values.abroad}
          onChange={(event) => form.set('abroad', event.target.checked as T['abroad'])}
        />
        {t('customers.site.abroad')}
      </label>
      {values.abroad && (
        <div className="ad-two">
          <Field label={t('customers.site.unit')} required error={form.errorAt('/unit_id')}>
            {(input) => (
              <UnitSelect
                input={input}
                value={values.unit_id}
                onChange={(id) => form.set('unit_id', id as T['unit_id'])}
              />
            )}
          </Field>
          <Field label={t('customers.site.zone')} hint={t('customers.site.zone.hint')} error={form.errorAt('/zone')}>
            {(input) => <input {...input} {...form.text('zone')} maxLength={60} spellCheck={false} />}
          </Field>
        </div>
      )}
      <div className="ad-two">
        <Field label={t('customers.site.lon')} hint={t('customers.site.point.hint')} error={form.errorAt('/point')}>
          {(input) => <input {...input} {...form.text('lon')} inputMode="decimal" maxLength={12} />}
        </Field>
        <Field label={t('customers.site.lat')}>
          {(input) => <input {...input} {...form.text('lat')} inputMode="decimal" maxLength={12} />}
        </Field>
      </div>
      <AccessHoursEditor
        value={values.access_hours}
        onChange={(next) => form.set('access_hours', next as T['access_hours'])}
        error={form.errorAt('/access_hours')}
      />
    </>
  );
}

/** A new site of a customer. */
export function SiteDialog(props: { customer_id: string; onClose: () => void; onSaved: (made: Site) => void }) {
  const t = useT();
  const { customer_id, onClose, onSaved } = props;
  const command = useCommand(createSite, { touches: [['customer'], ['site', 'list']] });
  const form = useForm({ initial: fresh, draft_key: `customers.site.new.${customer_id}`, problem: command.problem });
  return (
    <FormDialog
      title={t('customers.site.create')}
      width={640}
      form={form}
      verb={t('customers.site.create')}
      busy={command.busy}
      problem={command.problem}
      onClose={onClose}
      onSave={async () => {
        if (!check(form, t)) return;
        const made = await command.run({ ...body(form.values), customer_id });
        if (!made) return;
        form.reset();
        onSaved(made);
      }}
    >
      <SiteFields form={form} />
    </FormDialog>
  );
}

/** Changes a site. Moving it to another county may hand it to another unit. */
export function EditSiteDialog({ site, onClose }: { site: Site; onClose: () => void }) {
  const t = useT();
  const hours = (value: AccessHours) =>
    value.always
      ? t('customers.access.always')
      : (value.weekly ?? [])
          .map(({ days, from, to }) => `${days.map((day) => t(`customers.access.day.${day}`)).join(' ')} ${from}–${to}`)
          .join('; ');
  const edit = useEdit({
    view: site,
    values: (view: Site): SiteValues => ({
      name: view.name,
      address: view.address,
      division: view.division_code ?? '',
      abroad: !view.division_code,
      lon: view.point ? String(view.point.lon) : '',
      lat: view.point ? String(view.point.lat) : '',
      access_hours: view.access_hours,
      unit_id: view.unit.id,
      zone: view.zone,
    }),
    fields: [
      { name: 'name', label: t('customers.site.name') },
      { name: 'address', label: t('customers.site.address') },
      { name: 'division', label: t('customers.site.division') },
      { name: 'lon', label: t('customers.site.lon') },
      { name: 'lat', label: t('customers.site.lat') },
      { name: 'access_hours', label: t('customers.access'), show: hours },
      { name: 'zone', label: t('customers.site.zone') },
    ],
    draft_key: `customers.site.${site.id}`,
    check: (form) => check(form, t),
    send: (values, options) => changeSite(site.id, body(values), options),
    touches: [keys.one('site', site.id), ['site', 'list'], ['customer']],
    onSaved: () => {
      announce(t('common.saved'));
      onClose();
    },
  });
  return (
    <FormDialog
      title={t('customers.site.change')}
      width={640}
      form={edit.form}
      verb={t('common.save')}
      busy={edit.busy}
      problem={edit.problem}
      conflict={edit.conflict}
      onClose={onClose}
      onSave={() => void edit.save()}
    >
      <SiteFields form={edit.form} />
    </FormDialog>
  );
}
