/** The templates of notes: what everybody can insert, in both languages. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, call } from '../api/client.ts';
import { type CommandOptions, useCommand } from '../api/command.ts';
import { useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { SettingsFrame } from '../settings/frame.desk.tsx';
import { announce } from '../ui/announce.tsx';
import { useBoth } from '../ui/both.ts';
import { Button } from '../ui/button.tsx';
import { Field, type Form, useForm } from '../ui/form.tsx';
import { Empty, Query } from '../ui/states.tsx';
import { wholeNumber } from '../ui/whole-number.ts';
import { Panel } from '../ui-desk/detail-page.tsx';
import { FormDialog } from '../ui-desk/dialog.tsx';
import { useEdit } from '../ui-desk/edit.tsx';
import { PlainTable } from '../ui-desk/plain-table.tsx';
import type { Schemas } from './requests.ts';

type Template = Schemas['NoteTemplateView'];

interface Values {
  name_zh: string;
  name_en: string;
  text_zh: string;
  text_en: string;
  ordinal: string;
  active: boolean;
}

/** Least and most place in the list. */
const places = [0, 999_999] as const;

/** False, and said at its field, where the place is no number. */
function checked(t: ReturnType<typeof useT>, form: Pick<Form<Values>, 'values' | 'setErrors'>): boolean {
  if (!Number.isNaN(wholeNumber(form.values.ordinal, places))) return true;
  const [least, most] = places;
  const detail = t('cases.template.ordinal.range', { least, most });
  form.setErrors([{ pointer: '/ordinal', code: 'range', detail }]);
  return false;
}

const body = (values: Values): Schemas['NoteTemplateInput'] => ({
  name: { zh_cn: values.name_zh.trim(), en: values.name_en.trim() },
  text: { zh_cn: values.text_zh.trim(), en: values.text_en.trim() },
  ordinal: wholeNumber(values.ordinal, places),
  active: values.active,
});

export default function NoteTemplatesPage() {
  const t = useT();
  const both = useBoth();
  const manages = useMay()('assets.products');
  const [making, setMaking] = useState(false);
  const [changing, setChanging] = useState<Template>();
  const query = useQuery({
    queryKey: ['note_template', 'list', 'all'],
    queryFn: () => call(api.GET('/api/note-templates', { params: { query: { all: true } } })),
  });
  return (
    <SettingsFrame
      title={t('cases.templates.title')}
      action={
        manages && (
          <Button kind="primary" icon="plus" onClick={() => setMaking(true)}>
            {t('cases.template.create')}
          </Button>
        )
      }
    >
      <Panel title={t('cases.templates.title')} hint={t('cases.templates.hint')}>
        <Query of={query} shape="list">
          {(rows) =>
            rows.length === 0 ? (
              <Empty title={t('cases.templates.empty')} hint={t('cases.templates.empty.hint')} />
            ) : (
              <PlainTable
                label={t('cases.templates.title')}
                rows={rows}
                rowId={({ id }) => id}
                columns={[
                  { key: 'name', title: t('cases.template.column.name'), render: ({ name }) => both(name) },
                  { key: 'text', title: t('cases.template.column.text'), render: ({ text }) => both(text) },
                  {
                    key: 'active',
                    title: t('cases.template.active'),
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
      {making && <NewDialog onClose={() => setMaking(false)} />}
      {changing && <EditDialog of={changing} onClose={() => setChanging(undefined)} />}
    </SettingsFrame>
  );
}

function Fields<T extends Values>({ form }: { form: Form<T> }) {
  const t = useT();
  return (
    <>
      <div className="ad-two">
        <Field label={t('cases.template.name_zh')} required error={form.errorAt('/name')}>
          {(input) => <input {...input} {...form.text('name_zh')} lang="zh-CN" maxLength={60} />}
        </Field>
        <Field label={t('cases.template.name_en')}>
          {(input) => <input {...input} {...form.text('name_en')} lang="en" maxLength={60} />}
        </Field>
      </div>
      <Field label={t('cases.template.text_zh')} required error={form.errorAt('/text')}>
        {(input) => <textarea {...input} {...form.text('text_zh')} lang="zh-CN" rows={3} maxLength={2000} />}
      </Field>
      <Field label={t('cases.template.text_en')}>
        {(input) => <textarea {...input} {...form.text('text_en')} lang="en" rows={3} maxLength={2000} />}
      </Field>
      <Field label={t('cases.template.ordinal')} error={form.errorAt('/ordinal')}>
        {(input) => <input {...input} {...form.text('ordinal')} inputMode="numeric" maxLength={6} />}
      </Field>
      <label className="ad-check">
        <input
          type="checkbox"
          checked={form.values.active}
          onChange={(event) => form.set('active', event.target.checked as T['active'])}
        />
        {t('cases.template.active')}
      </label>
      <p className="ac-hint">{t('cases.template.active.hint')}</p>
    </>
  );
}

function NewDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const command = useCommand(
    (input: Schemas['NoteTemplateInput'], options: CommandOptions) =>
      call(api.POST('/api/note-templates', { body: input, ...options })),
    { touches: [['note_template']] },
  );
  const form = useForm<Values>({
    initial: { name_zh: '', name_en: '', text_zh: '', text_en: '', ordinal: '500', active: true },
    draft_key: 'cases.note_template.new',
    problem: command.problem,
  });
  return (
    <FormDialog
      title={t('cases.template.create')}
      form={form}
      verb={t('cases.template.create')}
      busy={command.busy}
      problem={command.problem}
      onClose={onClose}
      onSave={async () => {
        if (!checked(t, form) || !(await command.run(body(form.values)))) return;
        form.reset();
        announce(t('common.saved'));
        onClose();
      }}
    >
      <Fields form={form} />
    </FormDialog>
  );
}

function EditDialog({ of, onClose }: { of: Template; onClose: () => void }) {
  const t = useT();
  const edit = useEdit({
    view: of,
    values: (view: Template): Values => ({
      name_zh: view.name.zh_cn,
      name_en: view.name.en ?? '',
      text_zh: view.text.zh_cn,
      text_en: view.text.en ?? '',
      ordinal: String(view.ordinal),
      active: view.active,
    }),
    fields: [
      { name: 'name_zh', label: t('cases.template.name_zh') },
      { name: 'name_en', label: t('cases.template.name_en') },
      { name: 'text_zh', label: t('cases.template.text_zh') },
      { name: 'text_en', label: t('cases.template.text_en') },
      { name: 'ordinal', label: t('cases.template.ordinal') },
      { name: 'active', label: t('cases.template.active'), show: (on: boolean) => t(on ? 'common.yes' : 'common.no') },
    ],
    draft_key: `cases.note_template.${of.id}`,
    check: (form) => checked(t, form),
    send: (values, options) =>
      call(api.PUT('/api/note-templates/{id}', { params: { path: { id: of.id } }, body: body(values), ...options })),
    touches: [['note_template']],
    onSaved: () => {
      announce(t('common.saved'));
      onClose();
    },
  });
  return (
    <FormDialog
      title={t('cases.template.change')}
      form={edit.form}
      verb={t('common.save')}
      busy={edit.busy}
      problem={edit.problem}
      conflict={edit.conflict}
      onClose={onClose}
      onSave={() => void edit.save()}
    >
      <Fields form={edit.form} />
    </FormDialog>
  );
}
