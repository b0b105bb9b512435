/** The audit: who did what to whom, when, and whether it was refused. For audit administrators; nobody changes it. */
import { useState } from 'react';
import { useCommand } from '../api/command.ts';
import { keys } from '../api/queries.ts';
import { hasText, useT } from '../i18n/index.ts';
import { SettingsNav } from '../settings/frame.desk.tsx';
import { announce } from '../ui/announce.tsx';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { ErrorState } from '../ui/states.tsx';
import { DateTime } from '../ui/values.tsx';
import { Filter } from '../ui-desk/filters.tsx';
import { useKeysetList } from '../ui-desk/keyset.ts';
import { ListPage } from '../ui-desk/list-page.tsx';
import { useListPlace } from '../ui-desk/list-place.ts';
import { Fact } from '../ui-desk/record-page.tsx';
import './audit.css';
import { auditFilter, auditKinds } from './audit.ts';
import { type AuditEntry, auditEntries, exportAudit } from './requests.ts';

const results = ['all', 'refused', 'done'] as const;

export default function AuditPage() {
  const t = useT();
  const place = useListPlace('all');
  const { from, to, kind, actor_id, subject_id } = place.filters;
  const view = results.find((each) => each === place.view) ?? 'all';
  const filter = auditFilter({ from, to, kind, actor_id, subject_id, result: view });
  const list = useKeysetList<AuditEntry>(keys.list('audit', filter), (after) =>
    auditEntries({ ...filter, limit: 50, ...(after ? { after } : {}) }),
  );
  const chip = (name: string, label: string | undefined) => (label ? [{ name, label }] : []);
  const login = (id: string | undefined) => {
    const row = list.rows.find((each) => each.actor_id === id || each.subject_id === id);
    return id && row ? (row.actor_id === id ? row.actor_login : row.subject_login) || id : id;
  };
  return (
    <div className="ad-side ad-side-list">
      <SettingsNav />
      <ListPage<AuditEntry>
        title={t('audit.title')}
        views={results.map((key) => ({ key, label: t(`audit.result.${key}`) }))}
        place={{ ...place, view }}
        list={list}
        rowId={({ pos }) => String(pos)}
        onOpen={(id) => place.select(id)}
        action={<Export filter={filter} />}
        filters={
          <>
            <DayFilter label={t('audit.from')} value={from} onChange={(next) => place.setFilter('from', next)} />
            <DayFilter label={t('audit.to')} value={to} onChange={(next) => place.setFilter('to', next)} />
            <Filter
              label={t('audit.kind')}
              value={kind ?? ''}
              options={auditKinds.map((value) => ({ value, label: t(`audit.kind.${value}`) }))}
              onChange={(next) => place.setFilter('kind', next)}
            />
          </>
        }
        chips={[
          ...chip('from', from && `${t('audit.from')} ${from}`),
          ...chip('to', to && `${t('audit.to')} ${to}`),
          ...chip('kind', kind && kindName(t, kind)),
          ...chip('actor_id', actor_id && `${t('audit.actor')} ${login(actor_id)}`),
          ...chip('subject_id', subject_id && `${t('audit.subject')} ${login(subject_id)}`),
        ]}
        columns={[
          { key: 'at', title: t('audit.at'), width: 170, render: ({ at }) => <DateTime at={at} seconds /> },
          { key: 'kind', title: t('audit.kind'), width: 240, render: (row) => kindName(t, row.kind) },
          { key: 'result', title: t('audit.result'), width: 110, render: (row) => <Result row={row} /> },
          { key: 'actor', title: t('audit.actor'), width: 150, render: (row) => <Actor row={row} /> },
          {
            key: 'subject',
            title: t('audit.subject'),
            width: 150,
            render: (row) => aboutText(t, row) ?? <span className="ac-second">{row.subject_id}</span>,
          },
          {
            key: 'address',
            title: t('audit.address'),
            width: 220,
            render: ({ facts }) => [facts.address, facts.device].filter(Boolean).join(' · '),
          },
        ]}
        detail={(id) => {
          const row = list.rows.find((each) => String(each.pos) === id);
          return row && <Detail key={row.pos} row={row} onOnly={(name, value) => place.setFilter(name, value)} />;
        }}
        empty={{ title: t('audit.empty'), hint: t('audit.empty.hint') }}
      />
    </div>
  );
}

/** A kind of event in plain words. */
function kindName(t: ReturnType<typeof useT>, kind: string): string {
  const key = `audit.kind.${kind}`;
  return hasText(key) ? t(key) : t('audit.other', { kind });
}

/** Word and glyph, not colour alone. */
function Result({ row }: { row: AuditEntry }) {
  const t = useT();
  const refused = row.result === 'refused';
  return (
    <span className={refused ? 'ac-clock-missed' : 'ac-clock-met'}>
      <Icon name={refused ? 'cross' : 'check'} size={14} /> {t(`audit.result.${row.result}`)}
    </span>
  );
}

function Actor({ row }: { row: AuditEntry }) {
  const t = useT();
  if (row.actor_login) return row.actor_login;
  const system = row.actor_kind === 'system' || row.actor_kind === 'import';
  return <span className="ac-second">{system ? t('audit.system') : t('audit.unknown')}</span>;
}

function DayFilter(props: { label: string; value: string | undefined; onChange: (value: string) => void }) {
  const { label, value, onChange } = props;
  return (
    <label className="ai-day">
      {label}
      <input
        type="date"
        className="ac-input ad-filter"
        value={value ?? ''}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}

function Detail(props: { row: AuditEntry; onOnly: (name: 'actor_id' | 'subject_id', value: string) => void }) {
  const t = useT();
  const { row, onOnly } = props;
  return (
    <div className="ai-detail">
      <h2>{kindName(t, row.kind)}</h2>
      <dl className="ad-facts">
        <Fact label={t('audit.at')}>
          <DateTime at={row.at} full seconds show_zone />
        </Fact>
        <Fact label={t('audit.result')}>
          <Result row={row} />
        </Fact>
        <Fact label={t('audit.actor')}>
          <Actor row={row} />
        </Fact>
        <Fact label={t('audit.actor_id')}>{row.actor_id}</Fact>
        <Fact label={t('audit.subject')}>{aboutText(t, row) ?? row.subject_type}</Fact>
        <Fact label={t('audit.subject_id')}>{row.subject_id}</Fact>
        {row.unit_id && <Fact label={t('audit.unit')}>{row.unit_id}</Fact>}
        {row.seq && <Fact label={t('audit.seq')}>{row.seq}</Fact>}
        {Object.entries(row.facts).map(([name, value]) => (
          <Fact key={name} label={factName(t, name)}>
            {factText(t, name, value)}
          </Fact>
        ))}
      </dl>
      <div className="ad-steps">
        <Button onClick={() => onOnly('actor_id', row.actor_id)}>{t('audit.only_actor')}</Button>
        <Button onClick={() => onOnly('subject_id', row.subject_id)}>{t('audit.only_subject')}</Button>
      </div>
    </div>
  );
}

/** What an event is about: an account's login, or the thing in words where there is only one of it. */
function aboutText(t: ReturnType<typeof useT>, { subject_login, subject_type }: AuditEntry): string | undefined {
  if (subject_login) return subject_login;
  return hasText(`audit.about.${subject_type}`) ? t(`audit.about.${subject_type}`) : undefined;
}

/** The name of a fact as people read it. */
const factName = (t: ReturnType<typeof useT>, name: string): string =>
  hasText(`audit.fact.${name}`) ? t(`audit.fact.${name}`) : name;

/** Where the words for the values of a fact stand. */
const factWords: Readonly<Record<string, readonly string[]>> = {
  roles: ['status.role'],
  roles_before: ['status.role'],
  second_factor_roles: ['status.role'],
  severity: ['status.severity'],
  why: ['audit.why'],
  kind: ['audit.kind', 'imports.kind'],
};

/** A fact in words where there are some: roles, reasons, kinds, yes and no. */
function factText(t: ReturnType<typeof useT>, name: string, value: unknown): string {
  if (value === null || value === undefined) return '—';
  if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no');
  if (Array.isArray(value)) return value.map((each) => factText(t, name, each)).join(', ');
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([key, each]) => t('audit.fact_is', { name: factName(t, key), value: factText(t, key, each) }))
      .join('; ');
  }
  const text = String(value);
  const places = factWords[name] ?? [`audit.value.${name}`];
  const key = places.map((place) => `${place}.${text}`).find(hasText);
  return key ? t(key as Parameters<typeof t>[0]) : text;
}

/** Takes the events of the filter out as a file; the server records that. */
function Export({ filter }: { filter: ReturnType<typeof auditFilter> }) {
  const t = useT();
  const command = useCommand(exportAudit, { touches: [keys.list('audit')] });
  const [file, setFile] = useState<string>();
  const run = async () => {
    const csv = await command.run(filter);
    if (csv === undefined) return;
    if (file) URL.revokeObjectURL(file);
    const made = URL.createObjectURL(new Blob([csv], { type: 'text/csv' }));
    setFile(made);
    const link = document.createElement('a');
    link.href = made;
    link.download = 'audit.csv';
    link.click();
    announce(t('audit.exported'));
  };
  return (
    <div className="ai-export">
      <Button busy={command.busy} onClick={() => void run()}>
        {t('audit.export')}
      </Button>
      {command.problem && <ErrorState error={command.problem} inline />}
    </div>
  );
}
