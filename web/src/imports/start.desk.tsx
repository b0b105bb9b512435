/** Bring in a table: what it holds, a template, the file; below, one's imports. */
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useCommand } from '../api/command.ts';
import { keys } from '../api/queries.ts';
import { CustomerTabs } from '../customers/tabs.desk.tsx';
import { useT } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Choice, Field } from '../ui/form.tsx';
import { Empty, ErrorState, Query } from '../ui/states.tsx';
import { DateTime } from '../ui/values.tsx';
import { PlainTable } from '../ui-desk/plain-table.tsx';
import { useTitle } from '../ui-desk/title.ts';
import {
  imports,
  type ListedImport,
  mostBytes,
  runs,
  sendImport,
  stampOf,
  type TableKind,
  tableKinds,
  templateAddress,
} from './requests.ts';
import './imports.css';

const remembered = 'aftercare.imports.source';

function lastSource(): string {
  try {
    return localStorage.getItem(remembered) ?? '';
  } catch {
    return '';
  }
}

/** A browser that refuses storage asks again next time. */
function rememberSource(source: string): void {
  try {
    localStorage.setItem(remembered, source);
  } catch {
    // See above.
  }
}

export default function ImportsPage() {
  const t = useT();
  useTitle(t('imports.title'));
  const query = useQuery({
    queryKey: keys.list('table_import'),
    queryFn: imports,
    refetchInterval: ({ state }) => (state.data?.some(runs) ? 2_000 : false),
  });
  return (
    <div className="ad-below">
      <CustomerTabs />
      <div className="ad-imports">
        <SendForm />
        <section className="ac-panel ad-panel">
          <h2>{t('imports.history')}</h2>
          <Query of={query}>{(list) => <History list={list} />}</Query>
        </section>
      </div>
    </div>
  );
}

function SendForm() {
  const t = useT();
  const navigate = useNavigate();
  const [kind, setKind] = useState<TableKind>('customers');
  const [source, setSource] = useState(lastSource);
  const [file, setFile] = useState<File>();
  const [fault, setFault] = useState<string>();
  const send = useCommand(sendImport, { touches: [keys.list('table_import')] });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const wrong = !file ? t('imports.file.missing') : file.size > mostBytes ? t('imports.file.large') : undefined;
    setFault(wrong);
    if (!file || wrong) return;
    rememberSource(source.trim());
    const sent = await send.run({ kind, source, file, stamp: stampOf(file) });
    if (sent) void navigate({ to: '/imports/$import_id', params: { import_id: sent.id } });
  };
  return (
    <section className="ac-panel ad-panel">
      <h1>{t('imports.title')}</h1>
      <p className="ac-second">{t('imports.lead')}</p>
      <form className="ac-form" noValidate onSubmit={(event) => void submit(event)}>
        <Choice
          label={t('imports.step.kind')}
          value={kind}
          options={tableKinds.map((value) => ({ value, label: t(`imports.kind.${value}`) }))}
          onChange={setKind}
        />
        <p className="ac-hint">{kind === 'assets' ? t('imports.warranty_note') : t('imports.order')}</p>
        <p className="ad-import-links">
          {(['xlsx', 'csv'] as const).map((format) => (
            <a key={format} href={templateAddress(kind, format)} download>
              {t(`imports.template.${format}`)}
            </a>
          ))}
        </p>
        <Field label={t('imports.source')} hint={t('imports.source.hint')} error={send.problem?.errors[0]?.detail}>
          {(input) => (
            <input {...input} maxLength={40} value={source} onChange={(event) => setSource(event.target.value)} />
          )}
        </Field>
        <Field label={t('imports.file')} required error={fault}>
          {(input) => (
            // In our words: the browser's own button speaks the browser's language.
            <span className="ad-file">
              <input
                {...input}
                type="file"
                accept=".csv,.tsv,.txt,.xlsx"
                onChange={(event) => {
                  setFile(event.target.files?.[0]);
                  setFault(undefined);
                }}
              />
              <label htmlFor={input.id} className="ac-button">
                {t('imports.file.choose')}
              </label>
              <span className={file ? 'ad-import-name' : 'ac-second'}>{file?.name ?? t('imports.file.none')}</span>
            </span>
          )}
        </Field>
        {send.problem && send.problem.errors.length === 0 && <ErrorState error={send.problem} inline />}
        <div className="ad-steps">
          <Button kind="primary" type="submit" busy={send.busy}>
            {send.busy ? t('imports.uploading') : t('imports.send')}
          </Button>
        </div>
      </form>
    </section>
  );
}

function History({ list }: { list: readonly ListedImport[] }) {
  const t = useT();
  if (list.length === 0) return <Empty title={t('imports.history.empty')} hint={t('imports.history.empty.hint')} />;
  return (
    <PlainTable
      label={t('imports.history')}
      rows={list}
      rowId={({ id }) => id}
      cards
      columns={[
        { key: 'kind', title: t('imports.history.kind'), render: ({ kind }) => t(`imports.kind.${kind}`) },
        {
          key: 'file',
          title: t('imports.history.file'),
          render: ({ id, file_name }) => (
            <Link to="/imports/$import_id" params={{ import_id: id }} className="ad-import-name">
              {file_name || t('imports.open')}
            </Link>
          ),
        },
        {
          key: 'state',
          title: t('imports.history.state'),
          render: ({ state, refusal }) =>
            refusal ? (
              <>
                {t(`imports.state.${state}`)} <span className="ac-second">{refusal.what}</span>
              </>
            ) : (
              t(`imports.state.${state}`)
            ),
        },
        { key: 'at', title: t('imports.history.when'), render: ({ made_at }) => <DateTime at={made_at} /> },
      ]}
    />
  );
}
