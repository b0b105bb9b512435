/** Holidays by year: built in or imported; a year not published yet says so. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useCommand } from '../api/command.ts';
import { useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { SettingsFrame } from '../settings/frame.desk.tsx';
import { announce } from '../ui/announce.tsx';
import { useBoth } from '../ui/both.ts';
import { Button } from '../ui/button.tsx';
import { Field, useForm } from '../ui/form.tsx';
import { Icon } from '../ui/icon.tsx';
import { Query } from '../ui/states.tsx';
import { Panel } from '../ui-desk/detail-page.tsx';
import { FormDialog } from '../ui-desk/dialog.tsx';
import { Fact } from '../ui-desk/record-page.tsx';
import { type HolidayYear, holidaysQuery, importHolidays } from './requests.ts';

const dateForm = /^\d{4}-\d{2}-\d{2}$/;

/** `2027-01-01 Name` per line. A line that begins with no date is given back as wrong. */
export function readDays(text: string): { days: { date: string; name: string }[]; wrong: string[] } {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const days: { date: string; name: string }[] = [];
  const wrong: string[] = [];
  for (const line of lines) {
    const [date = '', ...name] = line.split(/[\s,]+/);
    if (dateForm.test(date)) days.push({ date, name: name.join(' ') });
    else wrong.push(line);
  }
  return { days, wrong };
}

/** Days in a row under one name: 2026-02-15 – 2026-02-23. */
function runs(
  days: HolidayYear['closed'],
): { from: string; to: string; name: HolidayYear['closed'][number]['name'] }[] {
  const found: { from: string; to: string; name: HolidayYear['closed'][number]['name'] }[] = [];
  for (const { date, name } of days) {
    const last = found.at(-1);
    const next = last && new Date(Date.parse(last.to) + 86_400_000).toISOString().slice(0, 10);
    if (last && next === date && last.name?.zh_cn === name?.zh_cn) last.to = date;
    else found.push({ from: date, to: date, name });
  }
  return found;
}

export default function HolidaysPage() {
  const t = useT();
  const both = useBoth();
  const may = useMay();
  const query = useQuery(holidaysQuery);
  const [importing, setImporting] = useState<number>();
  const [shown, setShown] = useState<number>();
  return (
    <SettingsFrame
      title={t('policy.holidays.title')}
      action={
        may('policy.manage') &&
        query.data && (
          <Button kind="primary" icon="plus" onClick={() => setImporting(query.data.first_missing)}>
            {t('policy.holidays.import')}
          </Button>
        )
      }
    >
      <Query of={query}>
        {({ years, first_missing, due_soon }) => {
          const year = years.find((each) => each.year === shown) ?? years[0];
          return (
            <>
              <Panel
                title={t('policy.holidays.year', { year: first_missing })}
                hint={t('policy.holidays.missing.hint')}
              >
                <p className={due_soon ? 'ad-warning' : undefined}>
                  <Icon name={due_soon ? 'warning' : 'clock'} /> {t('policy.holidays.missing')}
                  {due_soon && ` ${t('policy.holidays.due_soon')}`}
                </p>
              </Panel>
              {year && (
                <Panel
                  title={t('policy.holidays.year', { year: year.year })}
                  action={
                    <select
                      className="ac-input ad-filter"
                      aria-label={t('policy.holidays.choose')}
                      value={year.year}
                      onChange={(event) => setShown(Number(event.target.value))}
                    >
                      {years.map((each) => (
                        <option key={each.year}>{each.year}</option>
                      ))}
                    </select>
                  }
                  hint={t(year.imported ? 'policy.holidays.imported' : 'policy.holidays.built_in')}
                >
                  <dl>
                    {runs(year.closed).map(({ from, to, name }) => (
                      <Fact key={from} label={both(name) || t('policy.holidays.closed')}>
                        <span className="ac-figure">{from === to ? from : `${from} – ${to}`}</span>
                      </Fact>
                    ))}
                    <Fact label={t('policy.holidays.makeup')}>
                      <span>{year.makeup.join(', ') || t('common.none')}</span>
                    </Fact>
                  </dl>
                </Panel>
              )}
            </>
          );
        }}
      </Query>
      {importing !== undefined && <ImportDialog year={importing} onClose={() => setImporting(undefined)} />}
    </SettingsFrame>
  );
}

function ImportDialog({ year, onClose }: { year: number; onClose: () => void }) {
  const t = useT();
  const command = useCommand(importHolidays, { touches: [['holiday_year'], ['policy']] });
  const form = useForm({
    initial: { year: String(year), closed: '', makeup: '' },
    draft_key: 'policy.holidays',
    problem: command.problem,
  });
  const { values } = form;
  const save = async () => {
    const closed = readDays(values.closed);
    const makeup = readDays(values.makeup);
    const wrong = (at: string, lines: string[]) =>
      lines.length > 0
        ? [{ pointer: at, code: 'line', detail: t('policy.holidays.fault.line', { lines: lines.join('; ') }) }]
        : [];
    const faults = [...wrong('/closed', closed.wrong), ...wrong('/makeup', makeup.wrong)];
    form.setErrors(faults);
    if (faults.length > 0) return;
    const answer = await command.run({
      year: Number(values.year),
      closed: closed.days.map(({ date, name }) => ({ date, name: name ? { zh_cn: name, en: '' } : null })),
      makeup: makeup.days.map(({ date }) => date),
    });
    if (!answer) return;
    form.reset();
    announce(t('policy.holidays.done', { year: answer.year.year, count: answer.clocks_changed }));
    onClose();
  };
  return (
    <FormDialog
      title={t('policy.holidays.import')}
      form={form}
      verb={t('policy.holidays.import')}
      busy={command.busy}
      problem={command.problem}
      onClose={onClose}
      onSave={() => void save()}
    >
      <p className="ac-second">{t('policy.holidays.import.hint')}</p>
      <Field label={t('policy.holidays.which')} required error={form.errorAt('/year')}>
        {(input) => <input {...input} {...form.text('year')} inputMode="numeric" maxLength={4} />}
      </Field>
      <Field
        label={t('policy.holidays.closed')}
        hint={t('policy.holidays.closed.hint')}
        required
        error={form.errorAt('/closed')}
      >
        {(input) => <textarea {...input} {...form.text('closed')} rows={8} placeholder="2027-01-01" />}
      </Field>
      <Field
        label={t('policy.holidays.makeup')}
        hint={t('policy.holidays.makeup.hint')}
        error={form.errorAt('/makeup')}
      >
        {(input) => <textarea {...input} {...form.text('makeup')} rows={4} placeholder="2027-02-20" />}
      </Field>
    </FormDialog>
  );
}
