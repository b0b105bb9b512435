/** The codes of faults and causes that the desk and engineers choose from. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, call } from '../api/client.ts';
import { type CommandOptions, useCommand } from '../api/command.ts';
import type { components } from '../api/schema.d.ts';
import { useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { skillCodes } from '../organisation/requests.ts';
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

type Schemas = components['schemas'];
type FaultCode = Schemas['FaultCodeView'];
type Kind = Schemas['FaultCodeKind'];
const kinds = ['fault', 'cause'] as const satisfies readonly Kind[];

interface Values {
  zh_cn: string;
  en: string;
  product_kind: string;
  ordinal: string;
  active: boolean;
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
  const may = useMay();
  const [making, setMaking] = useState(false);
  const [changing, setChanging] = useState<FaultCode>();
  const query = useQuery({
    queryKey: ['fault_code', 'list'],
    queryFn: () => call(api.GET('/api/fault-codes', { params: { query: { all: true } } })),
  });
  const skill = (code: string) =>
    (skillCodes as readonly string[]).includes(code) ? t(`organisation.skill.${code}`) : code;
  const manages = may('assets.products');
  return (
    <SettingsFrame
      title={t('assets.fault_codes')}
      action={
        manages && (
          <Button kind="primary" icon="plus" onClick={() => setMaking(true)}>
            {t('assets.fault_code.create')}
          </Button>
        )
      }
    >
      <p className="ac-hint">{t('assets.fault_codes.hint')}</p>
      <Query of={query} shape="list">
        {(rows) =>
          kinds.map((kind) => {
            const own = rows.filter((row) => row.kind === kind);
            return (
              <Panel key={kind} title={t(`assets.fault_code.kind.${kind}`)}>
                {own.length === 0 ? (
                  <Empty title={t('assets.fault_codes.empty')} hint={t('assets.fault_codes.empty.hint')} />
                ) : (
                  <PlainTable
                    label={t(`assets.fault_code.kind.${kind}`)}
                    rows={own}
                    rowId={({ code }) => code}
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
                        render: ({ product_kind }) =>
                          product_kind ? skill(product_kind) : t('assets.fault_code.product_kind.all'),
                      },
                      {
                        key: 'active',
                        title: t('assets.fault_code.active'),
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
                )}
              </Panel>
            );
          })
        }
      </Query>
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

function NewDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const command = useCommand(
    (input: Schemas['NewFaultCode'], options: CommandOptions) =>
      call(api.POST('/api/fault-codes', { body: input, ...options })),
    { touches: [['fault_code']] },
  );
  const form = useForm({
    initial: { kind: 'fault' as Kind, code: '', zh_cn: '', en: '', product_kind: '', ordinal: '500', active: true },
    draft_key: 'assets.fault_code.new',
    problem: command.problem,
  });
  return (
    <FormDialog
      title={t('assets.fault_code.create')}
      form={form}
      verb={t('assets.fault_code.create')}
      busy={command.busy}
      problem={command.problem}
      onClose={onClose}
      onSave={async () => {
        const { kind, code, ...values } = form.values;
        if (!(await command.run({ kind, code: code.trim(), content: body(values) }))) return;
        form.reset();
        announce(t('common.saved'));
        onClose();
      }}
    >
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
      <Fields form={form} />
    </FormDialog>
  );
}

function EditDialog({ of, onClose }: { of: FaultCode; onClose: () => void }) {
  const t = useT();
  const edit = useEdit({
    view: of,
    values: (view: FaultCode): Values => ({
      zh_cn: view.name.zh_cn,
      en: view.name.en ?? '',
      product_kind: view.product_kind ?? '',
      ordinal: String(view.ordinal),
      active: view.active,
    }),
    fields: [
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
    draft_key: `assets.fault_code.${of.kind}.${of.code}`,
    send: (values, options) =>
      call(
        api.PUT('/api/fault-codes/{kind}/{code}', {
          params: { path: { kind: of.kind, code: of.code } },
          body: body(values),
          ...options,
        }),
      ),
    touches: [['fault_code']],
    onSaved: () => {
      announce(t('common.saved'));
      onClose();
    },
  });
  return (
    <FormDialog
      title={`${t('assets.fault_code.change')} ${of.code}`}
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
