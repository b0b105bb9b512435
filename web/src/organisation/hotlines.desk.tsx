/** Hotline numbers, whose phone they are and which hours they keep. */
import { useQuery } from '@tanstack/react-query';
import { useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { SettingsFrame } from '../settings/frame.desk.tsx';
import { useBoth } from '../ui/both.ts';
import { Field, type Form } from '../ui/form.tsx';
import { KeptList } from '../ui-desk/kept-list.tsx';
import { changeHotline, type Hotline, hotlinesQuery, registerHotline, useUnitName } from './requests.ts';
import { UnitSelect } from './unit-select.tsx';

export default function HotlinesPage() {
  const t = useT();
  const both = useBoth();
  const unitName = useUnitName();
  const manages = useMay()('organisation.manage');
  const query = useQuery(hotlinesQuery);
  const initial: HotlineValues = {
    number: '',
    unit_id: null,
    zh_cn: '',
    en: '',
    calendar: 'five_by_eight',
    active: true,
  };
  return (
    <KeptList
      frame={SettingsFrame}
      title={t('organisation.hotlines')}
      hint={t('organisation.hotlines.hint')}
      manages={manages}
      query={query}
      rowId={({ id }) => id}
      columns={[
        {
          key: 'number',
          title: t('organisation.hotline.number'),
          render: ({ number }) => <span className="ac-figure">{number}</span>,
        },
        { key: 'name', title: t('organisation.name'), render: ({ name }) => both(name) },
        { key: 'unit', title: t('organisation.unit'), render: ({ unit_id }) => unitName(unit_id) },
        {
          key: 'calendar',
          title: t('organisation.hotline.calendar'),
          render: ({ calendar }) => t(`organisation.calendar.${calendar}`),
        },
        {
          key: 'active',
          title: t('organisation.hotline.active'),
          render: ({ active }) => t(active ? 'common.yes' : 'common.no'),
        },
      ]}
      empty={{ title: t('organisation.hotlines.empty'), hint: t('organisation.hotlines.empty.hint') }}
      forms={{
        fields: HotlineFields,
        check: (form) => {
          if (form.values.unit_id) return true;
          form.setErrors([{ pointer: '/unit_id', code: 'unit', detail: t('organisation.fault.unit') }]);
          return false;
        },
        touches: [['hotline']],
        draft_key: 'organisation.hotline',
        create: {
          verb: t('organisation.hotline.create'),
          initial,
          send: (values, options) => registerHotline(hotlineBody(values), options),
        },
        change: {
          title: () => t('organisation.hotline.change'),
          values: ({ number, unit_id, name, calendar, active }: Hotline): HotlineValues => ({
            number,
            unit_id,
            zh_cn: name.zh_cn,
            en: name.en ?? '',
            calendar,
            active,
          }),
          named: [
            { name: 'number', label: t('organisation.hotline.number') },
            { name: 'unit_id', label: t('organisation.unit'), show: (id: string | null) => unitName(id) },
            { name: 'zh_cn', label: t('organisation.name_zh') },
            { name: 'en', label: t('organisation.name_en') },
            {
              name: 'calendar',
              label: t('organisation.hotline.calendar'),
              show: (key: string) => t(`organisation.calendar.${key}`),
            },
            {
              name: 'active',
              label: t('organisation.hotline.active'),
              show: (on: boolean) => t(on ? 'common.yes' : 'common.no'),
            },
          ],
          send: ({ id }, values, options) => changeHotline(id, hotlineBody(values), options),
        },
      }}
    />
  );
}

interface HotlineValues {
  number: string;
  unit_id: string | null;
  zh_cn: string;
  en: string;
  calendar: Hotline['calendar'];
  active: boolean;
}

const hotlineBody = ({ zh_cn, en, unit_id, ...values }: HotlineValues) => ({
  ...values,
  number: values.number.trim(),
  unit_id: unit_id ?? '',
  name: { zh_cn: zh_cn.trim(), en: en.trim() },
});

function HotlineFields<T extends HotlineValues>({ form }: { form: Form<T> }) {
  const t = useT();
  const { values } = form;
  return (
    <>
      <Field
        label={t('organisation.hotline.number')}
        hint={t('organisation.hotline.number.hint')}
        required
        error={form.errorAt('/number')}
      >
        {(input) => <input {...input} {...form.text('number')} type="tel" maxLength={30} />}
      </Field>
      <div className="ad-two">
        <Field label={t('organisation.name_zh')} required error={form.errorAt('/name')}>
          {(input) => <input {...input} {...form.text('zh_cn')} lang="zh-CN" maxLength={100} />}
        </Field>
        <Field label={t('organisation.name_en')}>
          {(input) => <input {...input} {...form.text('en')} lang="en" maxLength={100} />}
        </Field>
      </div>
      <Field label={t('organisation.unit')} required error={form.errorAt('/unit_id')}>
        {(input) => (
          <UnitSelect input={input} value={values.unit_id} onChange={(id) => form.set('unit_id', id as T['unit_id'])} />
        )}
      </Field>
      <Field label={t('organisation.hotline.calendar')} required error={form.errorAt('/calendar')}>
        {(input) => (
          <select
            {...input}
            value={values.calendar}
            onChange={(event) => form.set('calendar', event.target.value as T['calendar'])}
          >
            {(['five_by_eight', 'round_the_clock'] as const).map((key) => (
              <option key={key} value={key}>
                {t(`organisation.calendar.${key}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <label className="ad-check">
        <input
          type="checkbox"
          checked={values.active}
          onChange={(event) => form.set('active', event.target.checked as T['active'])}
        />
        {t('organisation.hotline.active')}
      </label>
    </>
  );
}
