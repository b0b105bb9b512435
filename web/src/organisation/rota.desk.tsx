/** A unit's rota: a pattern of weeks and its exceptions, with what they leave open for 30 days before it is saved (P11). */
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { serverNow } from '../api/server-clock.ts';
import { useT } from '../i18n/index.ts';
import { SettingsFrame } from '../settings/frame.desk.tsx';
import { announce } from '../ui/announce.tsx';
import { useBoth } from '../ui/both.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/form.tsx';
import { dayOf } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { ErrorState, Query } from '../ui/states.tsx';
import { DateTime } from '../ui/values.tsx';
import { Panel } from '../ui-desk/detail-page.tsx';
import { useEdit } from '../ui-desk/edit.tsx';
import { previewRota, rotaQuery, type Schemas, saveRota } from './requests.ts';
import { type RotaValues, type Row, rotaOf, valuesOf } from './rota.ts';
import './rota.css';

export default function RotaPage() {
  const t = useT();
  const both = useBoth();
  const { unit_id = '' } = useParams({ strict: false }) as { unit_id?: string };
  const query = useQuery(rotaQuery(unit_id));
  return (
    <SettingsFrame title={t('organisation.rota', { unit: query.data ? both(query.data.unit) : '' })}>
      <Query of={query} shape="card">
        {(view) => <RotaForm key={view.version} view={view} />}
      </Query>
    </SettingsFrame>
  );
}

function RotaForm({ view }: { view: Schemas['RotaView'] }) {
  const t = useT();
  const today = dayOf(serverNow(), view.zone);
  const { form, save, busy, problem, conflict } = useEdit<RotaValues, Schemas['RotaView']>({
    view,
    values: ({ rota }) => valuesOf(rota, today),
    fields: [{ name: 'rows', label: t('organisation.rota.turns') }],
    draft_key: `rota.${view.unit_id}`,
    send: (values, options) => {
      const made = rotaOf(values);
      if (!made) throw new Error('the rota was checked before');
      return saveRota(view.unit_id, { rota: made.rota }, options);
    },
    touches: [['on_call', 'list']],
    check: (edited) => {
      if (rotaOf(edited.values)) return true;
      edited.setErrors([{ pointer: '/rota', code: 'missing', detail: t('organisation.rota.incomplete') }]);
      return false;
    },
    onSaved: () => announce(t('organisation.rota.saved')),
  });
  const { values } = form;
  const made = useMemo(() => rotaOf(values), [values]);

  // What the form means, a moment after the last key.
  const [settled, setSettled] = useState(made);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(made), 350);
    return () => clearTimeout(timer);
  }, [made]);
  const preview = useQuery({
    queryKey: ['on_call', 'preview', view.unit_id, settled?.rota],
    queryFn: () => previewRota(view.unit_id, settled?.rota as Schemas['Rota']),
    enabled: form.dirty && settled !== undefined,
    placeholderData: (before) => before,
  });
  const meaning = form.dirty ? preview.data : view.meaning;

  const setRow = (index: number, change: Partial<Row>) =>
    form.set(
      'rows',
      values.rows.map((row, at) => (at === index ? { ...row, ...change } : row)),
    );
  const add = (row: Partial<Row>) =>
    form.set('rows', [
      ...values.rows,
      { tier: 'primary', employee_id: '', week: 1, days: 'every', on_date: '', from: '08:00', to: '08:00', ...row },
    ]);
  const remove = (index: number) =>
    form.set(
      'rows',
      values.rows.filter((_, at) => at !== index),
    );
  const errorOf = (index: number) =>
    form.errors.find(({ pointer }) => {
      const turn = /^\/rota\/turns\/(\d+)/.exec(pointer);
      return turn && made?.origin[Number(turn[1])] === index;
    })?.detail;
  const rows = values.rows.map((row, index) => ({ row, index }));
  const part = (exceptions: boolean) => rows.filter(({ row }) => (row.days === 'date') === exceptions);
  const weeks = Math.min(8, Math.max(1, Number(values.cycle_weeks) || 1));

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      className="ad-rota"
    >
      {!view.rota && (
        <p className="ac-hint">{t(view.held_by ? 'organisation.rota.above' : 'organisation.rota.none')}</p>
      )}
      {/* What is missing stands beside what is being changed, and first on a small screen. */}
      <div className="ad-rota-side">
        <Meaning meaning={meaning} zone={view.zone} whole={made !== undefined} />
      </div>
      <Panel title={t('organisation.rota.pattern')} hint={t('organisation.rota.pattern.hint', { zone: view.zone })}>
        <div className="ad-rota-head">
          <Field label={t('organisation.rota.weeks')} required>
            {(input) => (
              <select {...input} {...form.text('cycle_weeks')}>
                {[1, 2, 3, 4, 5, 6, 7, 8].map((n) => (
                  <option key={n} value={n}>
                    {n}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label={t('organisation.rota.starts_on')} required>
            {(input) => <input {...input} type="date" {...form.text('starts_on')} />}
          </Field>
          <Field label={t('organisation.rota.backup_after')} required>
            {(input) => <input {...input} type="number" min={1} max={240} {...form.text('backup_after_min')} />}
          </Field>
        </div>
        {part(false).map(({ row, index }) => (
          <TurnRow
            key={index}
            row={row}
            weeks={weeks}
            choice={view.choice}
            error={errorOf(index)}
            onChange={(change) => setRow(index, change)}
            onRemove={() => remove(index)}
          />
        ))}
        <div className="ad-steps">
          <Button
            icon="plus"
            onClick={() => {
              const last = part(false).at(-1)?.row;
              add(last ? { ...last, tier: last.tier === 'primary' ? 'backup' : 'primary', employee_id: '' } : {});
            }}
          >
            {t('organisation.rota.add')}
          </Button>
        </div>
      </Panel>
      <Panel title={t('organisation.rota.exceptions')} hint={t('organisation.rota.exceptions.hint')}>
        {part(true).map(({ row, index }) => (
          <TurnRow
            key={index}
            row={row}
            weeks={weeks}
            choice={view.choice}
            error={errorOf(index)}
            onChange={(change) => setRow(index, change)}
            onRemove={() => remove(index)}
          />
        ))}
        <div className="ad-steps">
          <Button icon="plus" onClick={() => add({ days: 'date', on_date: today })}>
            {t('organisation.rota.swap')}
          </Button>
        </div>
      </Panel>
      {preview.error && <ErrorState error={preview.error} inline />}
      {form.errorAt('/rota') && !problem && <p className="ac-field-error">{form.errorAt('/rota')}</p>}
      {conflict}
      {problem && <ErrorState error={problem} inline />}
      <div className="ad-steps">
        <Button kind="primary" type="submit" busy={busy} disabled={!form.dirty}>
          {t('organisation.rota.save')}
        </Button>
        {form.dirty && <Button onClick={form.reset}>{t('common.form.discard')}</Button>}
      </div>
    </form>
  );
}

function TurnRow(props: {
  row: Row;
  weeks: number;
  choice: readonly Schemas['OnCallPerson'][];
  error: string | undefined;
  onChange: (change: Partial<Row>) => void;
  onRemove: () => void;
}) {
  const t = useT();
  const { row, weeks, choice, error, onChange, onRemove } = props;
  const over_night = row.to !== '' && row.from !== '' && row.to <= row.from;
  return (
    <fieldset className="ad-rota-row" data-wrong={error !== undefined}>
      <legend className="ac-hidden">{t('organisation.rota.turn')}</legend>
      <select
        aria-label={t('organisation.rota.tier')}
        value={row.tier}
        onChange={(event) => onChange({ tier: event.target.value as Row['tier'] })}
      >
        {(['primary', 'backup'] as const).map((tier) => (
          <option key={tier} value={tier}>
            {t(`organisation.on_call.${tier}`)}
          </option>
        ))}
      </select>
      {row.days === 'date' ? (
        <input
          type="date"
          aria-label={t('organisation.rota.date')}
          value={row.on_date}
          onChange={(event) => onChange({ on_date: event.target.value })}
        />
      ) : (
        <>
          {weeks > 1 && (
            <select
              aria-label={t('organisation.rota.week')}
              value={row.week}
              onChange={(event) => onChange({ week: Number(event.target.value) })}
            >
              {Array.from({ length: weeks }, (_, at) => at + 1).map((n) => (
                <option key={n} value={n}>
                  {t('organisation.rota.week_n', { n })}
                </option>
              ))}
            </select>
          )}
          <select
            aria-label={t('organisation.shift.weekday')}
            value={row.days}
            onChange={(event) => onChange({ days: event.target.value })}
          >
            <option value="every">{t('organisation.rota.every')}</option>
            {(['1', '2', '3', '4', '5', '6', '7'] as const).map((day) => (
              <option key={day} value={day}>
                {t(`organisation.weekday.${day}`)}
              </option>
            ))}
          </select>
        </>
      )}
      <span className="ad-rota-times">
        <input
          type="time"
          aria-label={t('organisation.rota.begin')}
          value={row.from}
          onChange={(event) => onChange({ from: event.target.value })}
        />
        –
        <input
          type="time"
          aria-label={t('organisation.rota.end')}
          value={row.to}
          onChange={(event) => onChange({ to: event.target.value })}
        />
        {over_night && <span className="ac-hint">{t('organisation.rota.next_day')}</span>}
      </span>
      <select
        aria-label={t('organisation.rota.person')}
        value={row.employee_id}
        onChange={(event) => onChange({ employee_id: event.target.value })}
      >
        <option value="">{t('common.choose')}</option>
        {row.employee_id && !choice.some(({ id }) => id === row.employee_id) && (
          <option value={row.employee_id}>{t('organisation.rota.gone')}</option>
        )}
        {choice.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <button
        type="button"
        className="ad-rota-remove"
        aria-label={t('common.remove')}
        title={t('common.remove')}
        onClick={onRemove}
      >
        <Icon name="cross" size={14} />
      </button>
      {error && <p className="ac-field-error">{error}</p>}
    </fieldset>
  );
}

/** The next 30 days: first what is missing, then who is on call in turn. */
function Meaning({
  meaning,
  zone,
  whole,
}: {
  meaning: Schemas['RotaMeaning'] | undefined;
  zone: string;
  whole: boolean;
}) {
  const t = useT();
  const name = (id: string | null | undefined) => meaning?.people.find((person) => person.id === id)?.name ?? '—';
  return (
    <Panel title={t('organisation.rota.next_30')}>
      {!whole && <p className="ac-hint">{t('organisation.rota.incomplete')}</p>}
      <div aria-live="polite">
        {meaning &&
          (meaning.gaps.length === 0 ? (
            <p>
              <Icon name="check" size={14} /> {t('organisation.rota.no_gap')}
            </p>
          ) : (
            <div className="ad-open-on" role="alert">
              <h3>{t('organisation.rota.gaps', { count: meaning.gaps.length })}</h3>
              <ul>
                {meaning.gaps.slice(0, 8).map((gap) => (
                  <li key={gap.from}>
                    <DateTime at={gap.from} zone={zone} /> – <DateTime at={gap.to} zone={zone} />{' '}
                    {t(`organisation.rota.missing.${gap.missing}`)}
                  </li>
                ))}
              </ul>
            </div>
          ))}
      </div>
      <ol className="ad-rota-duty">
        {meaning?.duty.slice(0, 14).map((duty) => (
          <li key={duty.from}>
            <span className="ac-figure">
              <DateTime at={duty.from} zone={zone} /> – <DateTime at={duty.to} zone={zone} />
            </span>
            <span>
              <b>{name(duty.primary)}</b> <span className="ac-second">/ {name(duty.backup)}</span>
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
