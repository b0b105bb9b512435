/** The codes of faults and causes that the desk and engineers choose from. */
import { useQuery } from '@tanstack/react-query';
import { api, call } from '../api/client.ts';
import type { components } from '../api/schema.d.ts';
import { useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { skillCodes } from '../organisation/requests.ts';
import { SettingsFrame } from '../settings/frame.desk.tsx';
import { useBoth } from '../ui/both.ts';
import { Field, type Form } from '../ui/form.tsx';
import { KeptList } from '../ui-desk/kept-list.tsx';

type Schemas = components['schemas'];
type Kind = Schemas['FaultCodeKind'];
const kinds = ['fault', 'cause'] as const satisfies readonly Kind[];

interface Values {
  zh_cn: string;
  en: string;
  product_kind: string;
  ordinal: string;
  active: boolean;
}

/** Kind and code name the row for good. */
interface NewValues extends Values {
  kind: Kind;
  code: string;
}

const body = ({ zh_cn, en, product_kind, ordinal, active }: Values): Schemas['FaultCodeInput'] => ({
  name: { zh_cn: zh_cn.trim(), en: en.trim() },
  product_kind: product_kind || null,
  ordinal: Number.parseInt(ordinal, 10) || 0,
  active,
});

export default function FaultCodesPage() {
  const t = useT();
  const both = useBoth();
  const manages = useMay()('assets.products');
  const query = useQuery({
    queryKey: ['fault_code', 'list'],
    queryFn: () => call(api.GET('/api/fault-codes', { params: { query: { all: true } } })),
  });
  const skill = (code: string) =>
    (skillCodes as readonly string[]).includes(code) ? t(`organisation.skill.${code}`) : code;
  const initial: NewValues = {
    kind: 'fault',
    code: '',
    zh_cn: '',
    en: '',
    product_kind: '',
    ordinal: '500',
    active: true,
  };
  return (
    <KeptList
      frame={SettingsFrame}
      title={t('assets.fault_codes')}
      hint={t('assets.fault_codes.hint')}
      manages={manages}
      query={query}
      rowId={({ kind, code }) => `${kind}.${code}`}
      columns={[
        { key: 'name', title: t('assets.fault_code.name_zh'), render: ({ name }) => both(name) },
        {
          key: 'code',
          title: t('assets.fault_code.code'),
          render: ({ code }) => <span className="ac-figure">{code}</span>,
        },
        {
          key: 'product_kind',
          title: t('assets.fault_code.product_kind'),
          render: ({ product_kind }) => (product_kind ? skill(product_kind) : t('assets.fault_code.product_kind.all')),
        },
        {
          key: 'active',
          title: t('assets.fault_code.active'),
          render: ({ active }) => t(active ? 'common.yes' : 'common.no'),
        },
      ]}
      parts={kinds.map((kind) => ({
        key: kind,
        title: t(`assets.fault_code.kind.${kind}`),
        has: (row: Schemas['FaultCodeView']) => row.kind === kind,
      }))}
      empty={{ title: t('assets.fault_codes.empty'), hint: t('assets.fault_codes.empty.hint') }}
      forms={{
        fields: Fields,
        touches: [['fault_code']],
        draft_key: 'assets.fault_code',
        create: {
          verb: t('assets.fault_code.create'),
          initial,
          first: KindAndCode,
          send: ({ kind, code, ...values }, options) =>
            call(
              api.POST('/api/fault-codes', { body: { kind, code: code.trim(), content: body(values) }, ...options }),
            ),
        },
        change: {
          title: ({ code }) => `${t('assets.fault_code.change')} ${code}`,
          values: ({ name, product_kind, ordinal, active }): Values => ({
            zh_cn: name.zh_cn,
            en: name.en ?? '',
            product_kind: product_kind ?? '',
            ordinal: String(ordinal),
            active,
          }),
          named: [
            { name: 'zh_cn', label: t('assets.fault_code.name_zh') },
            { name: 'en', label: t('assets.fault_code.name_en') },
            { name: 'product_kind', label: t('assets.fault_code.product_kind') },
            { name: 'ordinal', label: t('assets.fault_code.ordinal') },
            {
              name: 'active',
              label: t('assets.fault_code.active'),
              show: (on: boolean) => t(on ? 'common.yes' : 'common.no'),
            },
          ],
          send: ({ kind, code }, values, options) =>
            call(
              api.PUT('/api/fault-codes/{kind}/{code}', {
                params: { path: { kind, code } },
                body: body(values),
                ...options,
              }),
            ),
        },
      }}
    />
  );
}

function KindAndCode({ form }: { form: Form<NewValues> }) {
  const t = useT();
  return (
    <div className="ad-two">
      <Field label={t('assets.fault_code.kind')} required>
        {(input) => (
          <select {...input} {...form.text('kind')}>
            {kinds.map((kind) => (
              <option key={kind} value={kind}>
                {t(`assets.fault_code.kind.${kind}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field
        label={t('assets.fault_code.code')}
        hint={t('assets.fault_code.code.hint')}
        required
        error={form.errorAt('/code')}
      >
        {(input) => <input {...input} {...form.text('code')} maxLength={40} spellCheck={false} />}
      </Field>
    </div>
  );
}

function Fields<T extends Values>({ form }: { form: Form<T> }) {
  const t = useT();
  return (
    <>
      <div className="ad-two">
        <Field label={t('assets.fault_code.name_zh')} required error={form.errorAt('/name')}>
          {(input) => <input {...input} {...form.text('zh_cn')} lang="zh-CN" maxLength={60} />}
        </Field>
        <Field label={t('assets.fault_code.name_en')}>
          {(input) => <input {...input} {...form.text('en')} lang="en" maxLength={60} />}
        </Field>
        <Field label={t('assets.fault_code.product_kind')} error={form.errorAt('/product_kind')}>
          {(input) => (
            <select {...input} {...form.text('product_kind')}>
              <option value="">{t('assets.fault_code.product_kind.all')}</option>
              {skillCodes.map((code) => (
                <option key={code} value={code}>
                  {t(`organisation.skill.${code}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t('assets.fault_code.ordinal')} error={form.errorAt('/ordinal')}>
          {(input) => <input {...input} {...form.text('ordinal')} inputMode="numeric" maxLength={6} />}
        </Field>
      </div>
      <label className="ad-check">
        <input
          type="checkbox"
          checked={form.values.active}
          onChange={(event) => form.set('active', event.target.checked as T['active'])}
        />
        {t('assets.fault_code.active')}
      </label>
      <p className="ac-hint">{t('assets.fault_code.active.hint')}</p>
    </>
  );
}
