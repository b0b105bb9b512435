/** The templates of notes: what everybody can insert, in both languages. */
import { useQuery } from '@tanstack/react-query';
import { api, call } from '../api/client.ts';
import { useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { SettingsFrame } from '../settings/frame.desk.tsx';
import { useBoth } from '../ui/both.ts';
import { Field, type Form } from '../ui/form.tsx';
import { wholeNumber } from '../ui/whole-number.ts';
import { KeptList } from '../ui-desk/kept-list.tsx';
import type { Schemas } from './requests.ts';

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
  const query = useQuery({
    queryKey: ['note_template', 'list', 'all'],
    queryFn: () => call(api.GET('/api/note-templates', { params: { query: { all: true } } })),
  });
  return (
    <KeptList
      frame={SettingsFrame}
      title={t('cases.templates.title')}
      hint={t('cases.templates.hint')}
      manages={manages}
      query={query}
      rowId={({ id }) => id}
      columns={[
        { key: 'name', title: t('cases.template.column.name'), render: ({ name }) => both(name) },
        { key: 'text', title: t('cases.template.column.text'), render: ({ text }) => both(text) },
        {
          key: 'active',
          title: t('cases.template.active'),
          render: ({ active }) => t(active ? 'common.yes' : 'common.no'),
        },
      ]}
      empty={{ title: t('cases.templates.empty'), hint: t('cases.templates.empty.hint') }}
      forms={{
        fields: Fields,
        check: (form) => checked(t, form),
        touches: [['note_template']],
        draft_key: 'cases.note_template',
        create: {
          verb: t('cases.template.create'),
          initial: { name_zh: '', name_en: '', text_zh: '', text_en: '', ordinal: '500', active: true },
          send: (values, options) => call(api.POST('/api/note-templates', { body: body(values), ...options })),
        },
        change: {
          title: () => t('cases.template.change'),
          values: ({ name, text, ordinal, active }): Values => ({
            name_zh: name.zh_cn,
            name_en: name.en ?? '',
            text_zh: text.zh_cn,
            text_en: text.en ?? '',
            ordinal: String(ordinal),
            active,
          }),
          named: [
            { name: 'name_zh', label: t('cases.template.name_zh') },
            { name: 'name_en', label: t('cases.template.name_en') },
            { name: 'text_zh', label: t('cases.template.text_zh') },
            { name: 'text_en', label: t('cases.template.text_en') },
            { name: 'ordinal', label: t('cases.template.ordinal') },
            {
              name: 'active',
              label: t('cases.template.active'),
              show: (on: boolean) => t(on ? 'common.yes' : 'common.no'),
            },
          ],
          send: ({ id }, values, options) =>
            call(api.PUT('/api/note-templates/{id}', { params: { path: { id } }, body: body(values), ...options })),
        },
      }}
    />
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
