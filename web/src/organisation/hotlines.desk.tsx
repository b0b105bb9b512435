/** Hotline numbers, whose phone they are and which hours they keep. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useCommand } from '../api/command.ts';
import { useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { SettingsFrame } from '../settings/frame.desk.tsx';
import { announce } from '../ui/announce.tsx';
import { useBoth } from '../ui/both.ts';
import { Button } from '../ui/button.tsx';
import { Field, type Form, useForm } from '../ui/form.tsx';
import { Empty, Query } from '../ui/states.tsx';
import { Panel } from '../ui-desk/detail-page.tsx';
import { FormDialog } from '../ui-desk/dialog.tsx';
import { useEdit } from '../ui-desk/edit.tsx';
import { PlainTable } from '../ui-desk/plain-table.tsx';
import { changeHotline, type Hotline, hotlinesQuery, registerHotline, useUnitName } from './requests.ts';
import { UnitSelect } from './unit-select.tsx';

export default function HotlinesPage() {
  const t = useT();
  const both = useBoth();
  const unitName = useUnitName();
  const manages = useMay()('organisation.manage');
  const query = useQuery(hotlinesQuery);
  const [making, setMaking] = useState(false);
  const [changing, setChanging] = useState<Hotline>();
  return (
    <SettingsFrame
      title={t('organisation.hotlines')}
      action={
        manages && (
          <Button kind="primary" icon="plus" onClick={() => setMaking(true)}>
            {t('organisation.hotline.create')}
          </Button>
        )
      }
    >
      <Panel title={t('organisation.hotlines.list')} hint={t('organisation.hotlines.hint')}>
        <Query of={query} shape="list">
          {(rows) =>
            rows.length === 0 ? (
              <Empty title={t('organisation.hotlines.empty')} hint={t('organisation.hotlines.empty.hint')} />
            ) : (
              <PlainTable
                label={t('organisation.hotlines')}
                rows={rows}
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
                  {
                    key: 'edit',
                    title: '',
                    render: (row) =>
                      manages && (
                        <button type="button" className="ac-link" onClick={() => setChanging(row)}>
                          {t('common.edit')}
                        </button>
                      ),
                  },
                ]}
              />
            )
          }
        </Query>
      </Panel>
      {making && <NewHotlineDialog onClose={() => setMaking(false)} />}
      {changing && <EditHotlineDialog hotline={changing} onClose={() => setChanging(undefined)} />}
    </SettingsFrame>
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

function NewHotlineDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const command = useCommand(registerHotline, { touches: [['hotline']] });
  const form = useForm<HotlineValues>({
    initial: { number: '', unit_id: null, zh_cn: '', en: '', calendar: 'five_by_eight', active: true },
    draft_key: 'organisation.hotline.new',
    problem: command.problem,
  });
  const save = async () => {
    if (!form.values.unit_id) {
      form.setErrors([{ pointer: '/unit_id', code: 'unit', detail: t('organisation.fault.unit') }]);
      return;
    }
    if (!(await command.run(hotlineBody(form.values)))) return;
    form.reset();
    announce(t('common.saved'));
    onClose();
  };
  return (
    <FormDialog
      title={t('organisation.hotline.create')}
      form={form}
      verb={t('organisation.hotline.create')}
      busy={command.busy}
      problem={command.problem}
      onClose={onClose}
      onSave={() => void save()}
    >
      <HotlineFields form={form} />
    </FormDialog>
  );
}

function EditHotlineDialog({ hotline, onClose }: { hotline: Hotline; onClose: () => void }) {
  const t = useT();
  const unitName = useUnitName();
  const edit = useEdit({
    view: hotline,
    values: (view: Hotline): HotlineValues => ({
      number: view.number,
      unit_id: view.unit_id,
      zh_cn: view.name.zh_cn,
      en: view.name.en ?? '',
      calendar: view.calendar,
      active: view.active,
    }),
    fields: [
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
    draft_key: `organisation.hotline.${hotline.id}`,
    send: (values, options) => changeHotline(hotline.id, hotlineBody(values), options),
    touches: [['hotline']],
    onSaved: () => {
      announce(t('common.saved'));
      onClose();
    },
  });
  return (
    <FormDialog
      title={t('organisation.hotline.change')}
      form={edit.form}
      verb={t('common.save')}
      busy={edit.busy}
      problem={edit.problem}
      conflict={edit.conflict}
      onClose={onClose}
      onSave={() => void edit.save()}
    >
      <HotlineFields form={edit.form} />
    </FormDialog>
  );
}
