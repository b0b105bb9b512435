/** Persons and firms designated to guide, install or repair in the company's name, with their days. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, call } from '../api/client.ts';
import { type CommandOptions, useCommand } from '../api/command.ts';
import { serverNow } from '../api/server-clock.ts';
import { useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { SettingsFrame } from '../settings/frame.desk.tsx';
import { announce } from '../ui/announce.tsx';
import { Button } from '../ui/button.tsx';
import { Field, type Form, useForm } from '../ui/form.tsx';
import { dayOf } from '../ui/format.ts';
import { Empty, Query } from '../ui/states.tsx';
import { useZone } from '../ui/zone.ts';
import { Panel } from '../ui-desk/detail-page.tsx';
import { FormDialog } from '../ui-desk/dialog.tsx';
import { useEdit } from '../ui-desk/edit.tsx';
import { SearchFilter } from '../ui-desk/filters.tsx';
import { PlainTable } from '../ui-desk/plain-table.tsx';
import type { Schemas } from './requests.ts';

type Party = Schemas['DesignatedView'];
const kinds = ['firm', 'person'] as const satisfies readonly Schemas['DesignatedKind'][];

interface Values {
  kind: Schemas['DesignatedKind'];
  name: string;
  valid_from: string;
  valid_to: string;
  remark: string;
}

const body = ({ kind, name, valid_from, valid_to, remark }: Values): Schemas['DesignatedInput'] => ({
  kind,
  name: name.trim(),
  valid_from,
  valid_to: valid_to || null,
  remark: remark.trim(),
});

export default function DesignatedPage() {
  const t = useT();
  const may = useMay();
  const [name, setName] = useState('');
  const [adding, setAdding] = useState(false);
  const [changing, setChanging] = useState<Party>();
  const query = useQuery({
    queryKey: ['designated_party', 'list'],
    queryFn: () => call(api.GET('/api/designated-parties')),
  });
  const manages = may('coverage.designate');
  return (
    <SettingsFrame
      title={t('coverage.designated')}
      action={
        manages && (
          <Button kind="primary" icon="plus" onClick={() => setAdding(true)}>
            {t('coverage.designated.add')}
          </Button>
        )
      }
    >
      <Panel title={t('coverage.designated')} hint={t('coverage.designated.hint')}>
        <Query of={query} shape="list">
          {(rows) =>
            rows.length === 0 ? (
              <Empty title={t('coverage.designated.empty')} hint={t('coverage.designated.empty.hint')} />
            ) : (
              <>
                {rows.length > 20 && (
                  <SearchFilter label={t('coverage.designated.search')} value={name} onChange={setName} />
                )}
                <PlainTable
                  label={t('coverage.designated')}
                  rows={rows.filter((row) => row.name.toLowerCase().includes(name.trim().toLowerCase()))}
                  rowId={({ id }) => id}
                  columns={[
                    { key: 'name', title: t('coverage.designated.name'), render: (row) => row.name },
                    {
                      key: 'kind',
                      title: t('coverage.designated.kind'),
                      render: ({ kind }) => t(`coverage.designated.kind.${kind}`),
                    },
                    {
                      key: 'valid',
                      title: t('coverage.designated.valid'),
                      render: ({ valid_from, valid_to }) => (
                        <span className="ac-figure">{`${valid_from} – ${valid_to ?? t('coverage.designated.open_end')}`}</span>
                      ),
                    },
                    { key: 'remark', title: t('coverage.designated.remark'), render: ({ remark }) => remark || '—' },
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
              </>
            )
          }
        </Query>
      </Panel>
      {adding && <AddDialog onClose={() => setAdding(false)} />}
      {changing && <EditDialog of={changing} onClose={() => setChanging(undefined)} />}
    </SettingsFrame>
  );
}

function Fields<T extends Values>({ form }: { form: Form<T> }) {
  const t = useT();
  return (
    <div className="ad-two">
      <Field label={t('coverage.designated.name')} required error={form.errorAt('/name')}>
        {(input) => <input {...input} {...form.text('name')} maxLength={120} />}
      </Field>
      <Field label={t('coverage.designated.kind')} required error={form.errorAt('/kind')}>
        {(input) => (
          <select {...input} {...form.text('kind')}>
            {kinds.map((kind) => (
              <option key={kind} value={kind}>
                {t(`coverage.designated.kind.${kind}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('coverage.designated.valid_from')} required error={form.errorAt('/valid_from')}>
        {(input) => <input {...input} {...form.text('valid_from')} type="date" />}
      </Field>
      <Field
        label={t('coverage.designated.valid_to')}
        hint={t('coverage.designated.valid_to.hint')}
        error={form.errorAt('/valid_to')}
      >
        {(input) => <input {...input} {...form.text('valid_to')} type="date" />}
      </Field>
      <Field label={t('coverage.designated.remark')} error={form.errorAt('/remark')}>
        {(input) => <input {...input} {...form.text('remark')} maxLength={200} />}
      </Field>
    </div>
  );
}

function AddDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const today = dayOf(serverNow(), useZone());
  const command = useCommand(
    (input: Schemas['DesignatedInput'], options: CommandOptions) =>
      call(api.POST('/api/designated-parties', { body: input, ...options })),
    { touches: [['designated_party']] },
  );
  const form = useForm({
    initial: { kind: 'firm', name: '', valid_from: today, valid_to: '', remark: '' } as Values,
    draft_key: 'coverage.designated.new',
    problem: command.problem,
  });
  return (
    <FormDialog
      title={t('coverage.designated.add')}
      form={form}
      verb={t('coverage.designated.add')}
      busy={command.busy}
      problem={command.problem}
      onClose={onClose}
      onSave={async () => {
        if (!(await command.run(body(form.values)))) return;
        form.reset();
        announce(t('common.saved'));
        onClose();
      }}
    >
      <Fields form={form} />
    </FormDialog>
  );
}

function EditDialog({ of, onClose }: { of: Party; onClose: () => void }) {
  const t = useT();
  const edit = useEdit({
    view: of,
    values: (view: Party): Values => ({
      kind: view.kind,
      name: view.name,
      valid_from: view.valid_from,
      valid_to: view.valid_to ?? '',
      remark: view.remark,
    }),
    fields: [
      { name: 'name', label: t('coverage.designated.name') },
      { name: 'kind', label: t('coverage.designated.kind') },
      { name: 'valid_from', label: t('coverage.designated.valid_from') },
      { name: 'valid_to', label: t('coverage.designated.valid_to') },
      { name: 'remark', label: t('coverage.designated.remark') },
    ],
    draft_key: `coverage.designated.${of.id}`,
    send: (values, options) =>
      call(
        api.PUT('/api/designated-parties/{id}', {
          params: { path: { id: of.id } },
          body: body(values),
          ...options,
        }),
      ),
    touches: [['designated_party']],
    onSaved: () => {
      announce(t('common.saved'));
      onClose();
    },
  });
  return (
    <FormDialog
      title={t('coverage.designated.change')}
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
