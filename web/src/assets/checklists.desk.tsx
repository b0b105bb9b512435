/** Checklists per product and job: what an engineer answers before leaving, at work and before the customer signs. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, call } from '../api/client.ts';
import { type CommandOptions, useCommand } from '../api/command.ts';
import type { components } from '../api/schema.d.ts';
import { useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { SettingsFrame } from '../settings/frame.desk.tsx';
import { announce } from '../ui/announce.tsx';
import { useBoth } from '../ui/both.ts';
import { Button } from '../ui/button.tsx';
import { Field, useForm } from '../ui/form.tsx';
import { Empty, Query } from '../ui/states.tsx';
import { DateTime } from '../ui/values.tsx';
import { Panel } from '../ui-desk/detail-page.tsx';
import { FormDialog } from '../ui-desk/dialog.tsx';
import { PlainTable } from '../ui-desk/plain-table.tsx';
import { products } from './requests.ts';

type Schemas = components['schemas'];
type Written = Schemas['ChecklistView'];
type Section = Schemas['Section'];
type Kind = Schemas['WorkOrderKind'];

const kinds = ['repair', 'install', 'maintain', 'rework', 'train', 'patch'] as const satisfies readonly Kind[];
const sections = ['departure', 'work', 'self_inspection'] as const satisfies readonly Section[];

export default function ChecklistsPage() {
  const t = useT();
  const both = useBoth();
  const may = useMay();
  const [writing, setWriting] = useState<{ from?: Written }>();
  const query = useQuery({
    queryKey: ['checklist', 'list'],
    queryFn: () => call(api.GET('/api/checklists', { params: { query: {} } })),
  });
  const catalogue = useQuery({ queryKey: ['product', 'all'], queryFn: () => products({ limit: 200 }) });
  const productName = (id: string | null | undefined) => {
    if (!id) return t('assets.checklist.product.all');
    const found = catalogue.data?.items.find((product) => product.id === id);
    return found ? `${found.model} ${found.model_version}`.trim() : '…';
  };
  const manages = may('assets.products');
  return (
    <SettingsFrame
      title={t('assets.checklists')}
      action={
        manages && (
          <Button kind="primary" icon="plus" onClick={() => setWriting({})}>
            {t('assets.checklist.create')}
          </Button>
        )
      }
    >
      <Panel title={t('assets.checklists')} hint={t('assets.checklists.hint')}>
        <Query of={query} shape="list">
          {(rows) =>
            rows.length === 0 ? (
              <Empty title={t('assets.checklists.empty')} hint={t('assets.checklists.empty.hint')} />
            ) : (
              <PlainTable
                label={t('assets.checklists')}
                rows={rows}
                rowId={({ id }) => id}
                columns={[
                  {
                    key: 'product',
                    title: t('assets.checklist.product'),
                    render: ({ product_id }) => productName(product_id),
                  },
                  {
                    key: 'kind',
                    title: t('assets.checklist.kind'),
                    render: ({ kind }) => t(`assets.checklist.kind.${kind}`),
                  },
                  {
                    key: 'title',
                    title: t('assets.checklist.title_zh'),
                    render: ({ title }) => both(title),
                  },
                  {
                    key: 'steps',
                    title: t('assets.checklist.steps'),
                    align: 'right',
                    render: ({ items }) => items.length,
                  },
                  {
                    key: 'version',
                    title: t('assets.checklist.version'),
                    render: ({ version }) => t('assets.checklist.version_number', { version }),
                  },
                  {
                    key: 'made',
                    title: t('assets.checklist.made_at'),
                    render: ({ made_at }) => <DateTime at={made_at} />,
                  },
                  {
                    key: 'edit',
                    title: '',
                    render: (row) =>
                      manages && (
                        <button type="button" className="ac-link" onClick={() => setWriting({ from: row })}>
                          {t('assets.checklist.change')}
                        </button>
                      ),
                  },
                ]}
              />
            )
          }
        </Query>
      </Panel>
      {writing && (
        <WriteDialog
          {...(writing.from ? { from: writing.from } : {})}
          catalogue={catalogue.data?.items ?? []}
          onClose={() => setWriting(undefined)}
        />
      )}
    </SettingsFrame>
  );
}

interface Step {
  key: string;
  section: Section;
  zh_cn: string;
  en: string;
  safety: boolean;
}

const steps = (items: readonly Schemas['Item'][]): Step[] =>
  items.map(({ key, section, text, safety }) => ({
    key,
    section,
    zh_cn: text.zh_cn,
    en: text.en ?? '',
    safety: safety ?? false,
  }));

function WriteDialog(props: { from?: Written; catalogue: readonly Schemas['ProductView'][]; onClose: () => void }) {
  const t = useT();
  const { from, catalogue, onClose } = props;
  const command = useCommand(
    (body: Schemas['NewChecklist'], options: CommandOptions) => call(api.POST('/api/checklists', { body, ...options })),
    { touches: [['checklist']] },
  );
  const form = useForm({
    initial: {
      product_id: from?.product_id ?? '',
      kind: from?.kind ?? ('repair' as Kind),
      zh_cn: from?.title.zh_cn ?? '',
      en: from?.title.en ?? '',
      items: steps(from?.items ?? []),
    },
    draft_key: `assets.checklist.${from?.id ?? 'new'}`,
    problem: command.problem,
  });
  const { values } = form;
  // A new one begins with what holds today, so that nobody starts from nothing.
  const standard = useQuery({
    queryKey: ['checklist', 'in_force', values.kind],
    queryFn: () => call(api.GET('/api/checklists/in-force', { params: { query: { kind: values.kind } } })),
    enabled: from === undefined,
  });
  const items = values.items.length === 0 && standard.data ? steps(standard.data.items) : values.items;
  const setItems = (next: Step[]) => form.set('items', next);
  const put = (index: number, next: Partial<Step>) =>
    setItems(items.map((item, at) => (at === index ? { ...item, ...next } : item)));
  const up = (index: number) => {
    const next = [...items];
    const [moved] = next.splice(index, 1);
    if (moved) next.splice(index - 1, 0, moved);
    setItems(next);
  };
  const fresh = (): Step => {
    let number = items.length + 1;
    while (items.some(({ key }) => key === `step_${number}`)) number += 1;
    return { key: `step_${number}`, section: 'work', zh_cn: '', en: '', safety: false };
  };
  const save = async () => {
    const faults = items.flatMap(({ zh_cn }, index) =>
      zh_cn.trim()
        ? []
        : [{ pointer: `/items/${index}/text`, code: 'missing', detail: t('assets.checklist.missing_text') }],
    );
    form.setErrors(faults);
    if (faults.length > 0) return;
    const ordered = sections.flatMap((section) => items.filter((item) => item.section === section));
    const made = await command.run({
      product_id: values.product_id || null,
      kind: values.kind,
      title: { zh_cn: values.zh_cn.trim(), en: values.en.trim() },
      items: ordered.map(({ key, section, zh_cn, en, safety }) => ({
        key,
        section,
        text: { zh_cn: zh_cn.trim(), en: en.trim() },
        safety,
      })),
    });
    if (!made) return;
    form.reset();
    announce(t('common.saved'));
    onClose();
  };
  return (
    <FormDialog
      title={t(from ? 'assets.checklist.change' : 'assets.checklist.create')}
      width={880}
      form={form}
      verb={t('assets.checklist.save')}
      busy={command.busy}
      problem={command.problem}
      onClose={onClose}
      onSave={() => void save()}
    >
      <div className="ad-two">
        <Field label={t('assets.checklist.product')} error={form.errorAt('/product_id')}>
          {(input) => (
            <select {...input} {...form.text('product_id')} disabled={from !== undefined}>
              <option value="">{t('assets.checklist.product.all')}</option>
              {catalogue.map(({ id, model, model_version }) => (
                <option key={id} value={id}>
                  {`${model} ${model_version}`.trim()}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t('assets.checklist.kind')} required error={form.errorAt('/kind')}>
          {(input) => (
            <select {...input} {...form.text('kind')} disabled={from !== undefined}>
              {kinds.map((kind) => (
                <option key={kind} value={kind}>
                  {t(`assets.checklist.kind.${kind}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t('assets.checklist.title_zh')} required error={form.errorAt('/title')}>
          {(input) => <input {...input} {...form.text('zh_cn')} lang="zh-CN" maxLength={80} />}
        </Field>
        <Field label={t('assets.checklist.title_en')}>
          {(input) => <input {...input} {...form.text('en')} lang="en" maxLength={80} />}
        </Field>
      </div>
      {sections.map((section) => (
        <section key={section}>
          <h3>{t(`assets.checklist.section.${section}`)}</h3>
          {items.map((item, index) => {
            if (item.section !== section) return null;
            const error = form.errorAt(`/items/${index}`) ?? form.errorAt(`/items/${index}/text`);
            return (
              <fieldset key={item.key} className="ac-choice">
                <legend>{t('assets.checklist.step', { number: index + 1 })}</legend>
                <div className="ad-row">
                  <input
                    aria-label={t('assets.checklist.step.zh_cn')}
                    placeholder={t('assets.checklist.step.zh_cn')}
                    lang="zh-CN"
                    size={24}
                    maxLength={200}
                    value={item.zh_cn}
                    onChange={(event) => put(index, { zh_cn: event.target.value })}
                  />
                  <input
                    aria-label={t('assets.checklist.step.en')}
                    placeholder={t('assets.checklist.step.en')}
                    lang="en"
                    size={24}
                    maxLength={200}
                    value={item.en}
                    onChange={(event) => put(index, { en: event.target.value })}
                  />
                  <select
                    aria-label={t('assets.checklist.step.section')}
                    value={item.section}
                    onChange={(event) => put(index, { section: event.target.value as Section })}
                  >
                    {sections.map((each) => (
                      <option key={each} value={each}>
                        {t(`assets.checklist.section.${each}`)}
                      </option>
                    ))}
                  </select>
                  <label className="ad-check">
                    <input
                      type="checkbox"
                      checked={item.safety}
                      onChange={(event) => put(index, { safety: event.target.checked })}
                    />
                    {t('assets.checklist.step.safety')}
                  </label>
                  {index > 0 && (
                    <button type="button" className="ac-link" onClick={() => up(index)}>
                      {t('assets.checklist.step.up')}
                    </button>
                  )}
                  <button
                    type="button"
                    className="ac-link"
                    onClick={() => setItems(items.filter((_, at) => at !== index))}
                  >
                    {t('common.remove')}
                  </button>
                </div>
                {error && <p className="ac-field-error">{error}</p>}
              </fieldset>
            );
          })}
        </section>
      ))}
      <div>
        <Button icon="plus" onClick={() => setItems([...items, fresh()])}>
          {t('assets.checklist.step.add')}
        </Button>
      </div>
    </FormDialog>
  );
}
