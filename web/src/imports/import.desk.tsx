/** One table: how far it is, what its trial found, and the step to store it. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useCommand } from '../api/command.ts';
import { keys } from '../api/queries.ts';
import { useT } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Query } from '../ui/states.tsx';
import { DateTime } from '../ui/values.tsx';
import { ConfirmInWords } from '../ui-desk/confirm-in-words.tsx';
import { DetailPage, Panel } from '../ui-desk/detail-page.tsx';
import { PlainTable } from '../ui-desk/plain-table.tsx';
import {
  dropImport,
  faultsAddress,
  type Import,
  type ImportReport,
  importOf,
  runs,
  steps,
  storeImport,
} from './requests.ts';
import './imports.css';

export default function ImportPage() {
  const { import_id } = useParams({ strict: false }) as { import_id: string };
  const query = useQuery({
    queryKey: keys.one('table_import', import_id),
    queryFn: () => importOf(import_id),
    refetchInterval: ({ state }) => (state.data && runs(state.data.data) ? 1_000 : false),
  });
  return <Query of={query}>{({ data, etag }) => <ImportRecord view={data} etag={etag} />}</Query>;
}

function ImportRecord({ view, etag }: { view: Import; etag: string | undefined }) {
  const t = useT();
  const navigate = useNavigate();
  const options = { touches: [['table_import']], ...(etag && { ifMatch: etag }) };
  const store = useCommand((_: Record<string, never>, command) => storeImport(view.id, command), options);
  const drop = useCommand((_: Record<string, never>, command) => dropImport(view.id, command), options);
  const can = steps(view);
  const [asked, setAsked] = useState<'store' | 'drop'>();
  const ask = (what: 'store' | 'drop') => {
    store.clear();
    drop.clear();
    setAsked(what);
  };
  const ended = !runs(view) && view.state !== 'checked';
  const mended = view.state === 'checked' && !can.store;
  return (
    <DetailPage
      title={`${t('imports.title')}: ${t(`imports.kind.${view.kind}`)}`}
      trail={t('imports.file_of', { name: view.file_name })}
      badges={
        <>
          <span className="ac-badge">{t(`imports.state.${view.state}`)}</span>
          <span className="ac-second">
            <DateTime at={view.made_at} />
          </span>
        </>
      }
      actions={
        <>
          {can.drop && (
            <Button busy={drop.busy} onClick={() => ask('drop')}>
              {t('imports.drop')}
            </Button>
          )}
          {can.store && (
            <Button kind="primary" busy={store.busy} onClick={() => ask('store')}>
              {t('imports.store')}
            </Button>
          )}
          {(ended || mended) && (
            <Button kind="primary" onClick={() => void navigate({ to: '/imports' })}>
              {t('imports.again')}
            </Button>
          )}
        </>
      }
    >
      <section className="ac-panel ad-panel ad-wide">
        <Standing view={view} />
      </section>
      {view.report && (
        <>
          <ConfirmInWords
            open={asked === 'store' && can.store}
            title={t('imports.store')}
            consequences={[
              t('imports.store.will', {
                count: view.report.new + view.report.changed,
                new: view.report.new,
                changed: view.report.changed,
              }),
              t('imports.store.whole'),
            ]}
            verb={t('imports.store')}
            busy={store.busy}
            problem={store.problem}
            onCancel={() => setAsked(undefined)}
            onConfirm={async () => {
              if (await store.run({})) setAsked(undefined);
            }}
          />
          <ConfirmInWords
            open={asked === 'drop' && can.drop}
            danger
            title={t('imports.drop')}
            consequences={[t('imports.drop.will', { count: view.report.rows }), t('imports.drop.file')]}
            verb={t('imports.drop')}
            busy={drop.busy}
            problem={drop.problem}
            onCancel={() => setAsked(undefined)}
            onConfirm={async () => {
              if (await drop.run({})) setAsked(undefined);
            }}
          />
        </>
      )}
      {view.report && view.report.faults.length > 0 && <Faults id={view.id} report={view.report} />}
    </DetailPage>
  );
}

function Standing({ view }: { view: Import }) {
  const t = useT();
  const { report, progress } = view;
  const going = runs(view);
  return (
    <>
      <p role="status" className={going ? undefined : 'ad-import-said'}>
        {sentence(t, view)}
      </p>
      {report?.refusal ? (
        <>
          <p>{report.refusal.what}</p>
          <p className="ac-second">{report.refusal.cure}</p>
        </>
      ) : going ? (
        progress && progress.total > 0 ? (
          <label className="ad-import-progress">
            <progress value={progress.done} max={progress.total} />
            <span className="ac-figure">{t('imports.progress', { done: progress.done, total: progress.total })}</span>
          </label>
        ) : (
          <p className="ac-second">{t('imports.progress.wait')}</p>
        )
      ) : (
        report && <Counts report={report} />
      )}
      {!going && report && !report.refusal && report.unknown.length > 0 && (
        <p className="ac-second">
          {t('imports.unknown')}: {report.unknown.join(', ')}
        </p>
      )}
    </>
  );
}

/** How it stands: the one sentence that is read out when it changes. */
function sentence(t: ReturnType<typeof useT>, { state, report }: Import): string {
  if (report?.refusal) return t('imports.refused');
  if (state !== 'checked') return t(states[state]);
  if (report && report.bad > 0) return t('imports.bad', { count: report.bad });
  return t(report && report.new + report.changed > 0 ? 'imports.fine' : 'imports.nothing_to_do');
}

const states = {
  checking: 'imports.checking',
  storing: 'imports.storing',
  stored: 'imports.stored',
  dropped: 'imports.dropped',
  refused: 'imports.refused',
} as const;

const counted = ['rows', 'new', 'changed', 'same', 'bad'] as const;

function Counts({ report }: { report: ImportReport }) {
  const t = useT();
  return (
    <dl className="ad-import-counts">
      {counted.map((name) => (
        <div key={name} data-bad={name === 'bad' && report.bad > 0}>
          <dt>{t(`imports.count.${name}`)}</dt>
          <dd className="ac-figure">{report[name]}</dd>
        </div>
      ))}
    </dl>
  );
}

function Faults({ id, report }: { id: string; report: ImportReport }) {
  const t = useT();
  return (
    <Panel
      title={t('imports.faults')}
      hint={t('imports.faults.lead')}
      wide
      action={
        <span className="ad-import-links">
          {(['xlsx', 'csv'] as const).map((format) => (
            <a key={format} href={faultsAddress(id, format)} download>
              {t(`imports.faults.${format}`)}
            </a>
          ))}
        </span>
      }
    >
      <PlainTable
        label={t('imports.faults')}
        rows={report.faults}
        rowId={({ row, column }, index) => `${row} ${column} ${index}`}
        columns={[
          { key: 'row', title: t('imports.row'), align: 'right', render: ({ row }) => row },
          { key: 'column', title: t('imports.column'), render: ({ column }) => column },
          {
            key: 'value',
            title: t('imports.value'),
            render: ({ value }) => <span className="ad-import-value">{value}</span>,
          },
          {
            key: 'what',
            title: t('imports.what'),
            render: ({ what, cure }) => (
              <>
                {what}
                <span className="ac-second ad-import-cure">{cure}</span>
              </>
            ),
          },
        ]}
      />
      {report.more_faults > 0 && <p className="ac-second">{t('imports.faults.more', { count: report.more_faults })}</p>}
    </Panel>
  );
}
