/** The price list in force, its versions, and a new version. Old versions stay: charges keep the price they stand on. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, call } from '../api/client.ts';
import { type CommandOptions, useCommand } from '../api/command.ts';
import { ProblemError } from '../api/problem.ts';
import type { components } from '../api/schema.d.ts';
import { serverNow } from '../api/server-clock.ts';
import { useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { skillCodes } from '../organisation/requests.ts';
import { chargeKinds } from '../policy/requests.ts';
import { SettingsFrame } from '../settings/frame.desk.tsx';
import { announce } from '../ui/announce.tsx';
import { useBoth } from '../ui/both.ts';
import { Button } from '../ui/button.tsx';
import { Field, useForm } from '../ui/form.tsx';
import { dayOf } from '../ui/format.ts';
import { Empty, Query } from '../ui/states.tsx';
import { DateTime, Money } from '../ui/values.tsx';
import { useZone } from '../ui/zone.ts';
import { Panel } from '../ui-desk/detail-page.tsx';
import { FormDialog } from '../ui-desk/dialog.tsx';
import { PlainTable } from '../ui-desk/plain-table.tsx';

type Schemas = components['schemas'];
type List = Schemas['PriceListView'];

const createList = (body: Schemas['NewPriceList'], options: CommandOptions) =>
  call(api.POST('/api/price-lists', { body, ...options }));

export default function PricesPage() {
  const t = useT();
  const may = useMay();
  const manages = may('pricing.manage');
  const [chosen, setChosen] = useState<number>();
  const [making, setMaking] = useState(false);
  const query = useQuery({
    queryKey: ['price_list', chosen ?? 'in_force'],
    queryFn: () =>
      chosen === undefined
        ? call(api.GET('/api/price-list'))
        : call(api.GET('/api/price-lists/{version}', { params: { path: { version: chosen } } })),
  });
  const versions = useQuery({
    queryKey: ['price_list', 'list'],
    queryFn: () => call(api.GET('/api/price-lists', { params: { query: { limit: 200 } } })),
  });
  // Before the first list, "none in force" is an empty page and no error.
  const none = query.error instanceof ProblemError && query.error.problem.code === 'price_list_none_in_force';
  return (
    <SettingsFrame
      title={t('pricing.title')}
      action={
        manages && (
          <Button kind="primary" icon="plus" onClick={() => setMaking(true)}>
            {t('pricing.new_version')}
          </Button>
        )
      }
    >
      {none ? (
        <Panel title={t('pricing.in_force')}>
          <Empty title={t('pricing.empty')} hint={t(manages ? 'pricing.empty.hint' : 'pricing.empty.who')} />
        </Panel>
      ) : (
        <Query of={query} shape="list">
          {(list) => <Lines list={list} />}
        </Query>
      )}
      <Panel title={t('pricing.versions')} hint={t('pricing.versions.hint')}>
        <Query of={versions} shape="list">
          {({ items }) =>
            items.length === 0 ? (
              <p className="ac-second">{t('pricing.versions.empty')}</p>
            ) : (
              <PlainTable
                label={t('pricing.versions')}
                rows={items}
                rowId={({ id }) => id}
                columns={[
                  {
                    key: 'version',
                    title: t('pricing.version_number'),
                    render: ({ version }) => (
                      <button type="button" className="ac-link" onClick={() => setChosen(version)}>
                        {t('pricing.version', { version })}
                      </button>
                    ),
                  },
                  {
                    key: 'valid',
                    title: t('pricing.valid'),
                    render: ({ valid_from, valid_to }) => `${valid_from} – ${valid_to ?? t('pricing.open_end')}`,
                  },
                  { key: 'reason', title: t('common.reason'), render: ({ reason }) => reason },
                  { key: 'made', title: t('pricing.made_at'), render: ({ made_at }) => <DateTime at={made_at} /> },
                ]}
              />
            )
          }
        </Query>
      </Panel>
      {making && <NewListDialog {...(query.data ? { from: query.data } : {})} onClose={() => setMaking(false)} />}
    </SettingsFrame>
  );
}

function Lines({ list }: { list: List }) {
  const t = useT();
  const both = useBoth();
  return (
    <Panel
      title={`${both(list.name)} · ${t('pricing.version', { version: list.version })}`}
      hint={`${list.valid_from} – ${list.valid_to ?? t('pricing.open_end')}`}
    >
      <PlainTable
        label={t('pricing.title')}
        rows={list.lines}
        rowId={({ id }) => id}
        columns={[
          { key: 'code', title: t('pricing.code'), render: ({ code }) => <span className="ac-figure">{code}</span> },
          { key: 'kind', title: t('pricing.kind'), render: ({ kind }) => t(`policy.charge.${kind}`) },
          { key: 'description', title: t('pricing.description'), render: ({ description }) => both(description) },
          { key: 'unit', title: t('pricing.unit'), render: ({ unit }) => both(unit) },
          {
            key: 'price',
            title: t('pricing.price'),
            align: 'right',
            render: ({ price_minor, currency }) => <Money amount_minor={price_minor} currency={currency} />,
          },
          ...(['agreement', 'vip'] as const).map((level) => ({
            key: level,
            title: t(`pricing.level.${level}`),
            align: 'right' as const,
            render: (line: Schemas['PriceLineView']) => {
              const price = line[`${level}_price_minor`];
              return typeof price === 'number' ? <Money amount_minor={price} currency={line.currency} /> : '—';
            },
          })),
          {
            key: 'tax',
            title: t('pricing.tax'),
            align: 'right',
            render: ({ tax_ppm, tax_included }) =>
              `${tax_ppm / 10_000} % ${t(tax_included ? 'pricing.tax.included' : 'pricing.tax.added')}`,
          },
        ]}
      />
    </Panel>
  );
}

interface Line {
  code: string;
  kind: Schemas['ChargeKind'];
  zh_cn: string;
  en: string;
  unit_zh: string;
  unit_en: string;
  /** In yuan, as typed. */
  price: string;
  /** In yuan, as typed; empty for the standard price. */
  agreement_price: string;
  vip_price: string;
  /** In percent, as typed. */
  tax: string;
  tax_included: boolean;
  product_kind: string;
}

/** Yuan as typed into fen; NaN when it is no amount with at most two decimals. */
export function toMinor(text: string): number {
  const [, whole, part = ''] = /^(\d{1,10})(?:\.(\d{1,2}))?$/.exec(text.trim()) ?? [];
  return whole === undefined ? Number.NaN : Number(whole) * 100 + Number(part.padEnd(2, '0'));
}

/** Fen into yuan for an input; empty for none. */
const yuan = (minor: number | null | undefined) => (typeof minor === 'number' ? (minor / 100).toFixed(2) : '');

function NewListDialog({ from, onClose }: { from?: List; onClose: () => void }) {
  const t = useT();
  const zone = useZone();
  const today = dayOf(serverNow(), zone);
  const command = useCommand(createList, { touches: [['price_list']] });
  const fresh: Line = {
    code: '',
    kind: 'labour',
    zh_cn: '',
    en: '',
    unit_zh: '',
    unit_en: '',
    price: '',
    agreement_price: '',
    vip_price: '',
    tax: '13',
    tax_included: true,
    product_kind: '',
  };
  const form = useForm({
    initial: {
      zh_cn: from?.name.zh_cn ?? '',
      en: from?.name.en ?? '',
      valid_from: today,
      reason: '',
      lines: (from?.lines ?? []).map(
        (line): Line => ({
          code: line.code,
          kind: line.kind,
          zh_cn: line.description.zh_cn,
          en: line.description.en ?? '',
          unit_zh: line.unit.zh_cn,
          unit_en: line.unit.en ?? '',
          price: (line.price_minor / 100).toFixed(2),
          agreement_price: yuan(line.agreement_price_minor),
          vip_price: yuan(line.vip_price_minor),
          tax: String(line.tax_ppm / 10_000),
          tax_included: line.tax_included,
          product_kind: line.product_kind ?? '',
        }),
      ),
    },
    draft_key: 'pricing.new',
    problem: command.problem,
  });
  const { values } = form;
  const put = (index: number, next: Partial<Line>) =>
    form.set(
      'lines',
      values.lines.map((line, at) => (at === index ? { ...line, ...next } : line)),
    );
  const save = async () => {
    const faults = values.lines.flatMap(({ price, agreement_price, vip_price, tax }, index) => [
      ...(Number.isNaN(toMinor(price))
        ? [{ pointer: `/lines/${index}/price_minor`, code: 'price', detail: t('pricing.fault.price') }]
        : []),
      ...[agreement_price, vip_price]
        .filter((level) => level.trim() !== '' && Number.isNaN(toMinor(level)))
        .map(() => ({ pointer: `/lines/${index}/level`, code: 'price', detail: t('pricing.fault.price') })),
      ...(Number.isNaN(Number(tax)) || tax.trim() === ''
        ? [{ pointer: `/lines/${index}/tax_ppm`, code: 'tax', detail: t('pricing.fault.tax') }]
        : []),
    ]);
    form.setErrors(faults);
    if (faults.length > 0) return;
    const made = await command.run({
      name: { zh_cn: values.zh_cn.trim(), en: values.en.trim() },
      valid_from: values.valid_from,
      currency: 'CNY',
      reason: values.reason.trim(),
      lines: values.lines.map((line) => ({
        code: line.code.trim(),
        kind: line.kind,
        description: { zh_cn: line.zh_cn.trim(), en: line.en.trim() },
        unit: { zh_cn: line.unit_zh.trim(), en: line.unit_en.trim() },
        price_minor: toMinor(line.price),
        agreement_price_minor: line.agreement_price.trim() ? toMinor(line.agreement_price) : null,
        vip_price_minor: line.vip_price.trim() ? toMinor(line.vip_price) : null,
        tax_ppm: Math.round(Number(line.tax) * 10_000),
        tax_included: line.tax_included,
        product_kind: line.product_kind || null,
      })),
    });
    if (!made) return;
    form.reset();
    announce(t('pricing.made', { version: made.version }));
    onClose();
  };
  return (
    <FormDialog
      title={t('pricing.new_version')}
      width={960}
      form={form}
      verb={t('pricing.save')}
      busy={command.busy}
      problem={command.problem}
      onClose={onClose}
      onSave={() => void save()}
    >
      <div className="ad-two">
        <Field label={t('pricing.name_zh')} required error={form.errorAt('/name')}>
          {(input) => <input {...input} {...form.text('zh_cn')} maxLength={100} />}
        </Field>
        <Field label={t('pricing.name_en')}>
          {(input) => <input {...input} {...form.text('en')} maxLength={100} />}
        </Field>
        <Field label={t('pricing.valid_from')} required error={form.errorAt('/valid_from')}>
          {(input) => <input {...input} {...form.text('valid_from')} type="date" min={today} />}
        </Field>
        <Field label={t('common.reason')} required error={form.errorAt('/reason')}>
          {(input) => <input {...input} {...form.text('reason')} maxLength={500} />}
        </Field>
      </div>
      <p className="ac-hint">{t('pricing.levels.hint')}</p>
      {values.lines.map((line, index) => {
        const error = form.errorAt(`/lines/${index}`);
        const input = (name: keyof Line & string, size: number, amount = false) => (
          <label className="ad-small-field">
            <span>{t(`pricing.line.${name}`)}</span>
            <input
              size={size}
              value={String(line[name])}
              inputMode={amount ? 'decimal' : undefined}
              className={amount ? 'ad-amount' : undefined}
              onChange={(event) => put(index, { [name]: event.target.value })}
            />
          </label>
        );
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the code of a new line is typed here
          <fieldset key={index} className="ac-choice">
            <legend>{t('pricing.line', { number: index + 1 })}</legend>
            <div className="ad-row ad-row-fields">
              {input('code', 10)}
              <label className="ad-small-field">
                <span>{t('pricing.kind')}</span>
                <select
                  value={line.kind}
                  onChange={(event) => put(index, { kind: event.target.value as Line['kind'] })}
                >
                  {chargeKinds.map((kind) => (
                    <option key={kind} value={kind}>
                      {t(`policy.charge.${kind}`)}
                    </option>
                  ))}
                </select>
              </label>
              {input('zh_cn', 18)}
              {input('en', 18)}
              {input('unit_zh', 6)}
              {input('unit_en', 6)}
              {input('price', 9, true)}
              {input('agreement_price', 9, true)}
              {input('vip_price', 9, true)}
              {input('tax', 4, true)}
              <label className="ad-check">
                <input
                  type="checkbox"
                  checked={line.tax_included}
                  onChange={(event) => put(index, { tax_included: event.target.checked })}
                />
                {t('pricing.tax.included')}
              </label>
              <label className="ad-small-field">
                <span>{t('pricing.product_kind')}</span>
                <select
                  value={line.product_kind}
                  onChange={(event) => put(index, { product_kind: event.target.value })}
                >
                  <option value="">{t('pricing.product_kind.all')}</option>
                  {skillCodes.map((code) => (
                    <option key={code} value={code}>
                      {t(`organisation.skill.${code}`)}
                    </option>
                  ))}
                </select>
              </label>
              <button
                type="button"
                className="ac-link"
                onClick={() =>
                  form.set(
                    'lines',
                    values.lines.filter((_, at) => at !== index),
                  )
                }
              >
                {t('common.remove')}
              </button>
            </div>
            {error && <p className="ac-field-error">{error}</p>}
          </fieldset>
        );
      })}
      {form.errorAt('/lines') && values.lines.length === 0 && (
        <p className="ac-field-error">{form.errorAt('/lines')}</p>
      )}
      <div>
        <Button icon="plus" onClick={() => form.set('lines', [...values.lines, fresh])}>
          {t('pricing.line.add')}
        </Button>
      </div>
    </FormDialog>
  );
}
