/** The rows of an employee that can be added, changed and taken away: skills, certificates, shifts. */
import type { ReactNode } from 'react';
import { useT } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import type { Form } from '../ui/form.tsx';
import { Icon } from '../ui/icon.tsx';
import { type EmployeeValues, type ShiftRow, skillName } from './employee-values.ts';
import { skillCodes } from './requests.ts';

/** Rows that can be added, changed and taken away. */
function Rows<Row extends object>(props: {
  legend: string;
  rows: readonly Row[];
  fresh: Row;
  error: string | undefined;
  onChange: (rows: Row[]) => void;
  children: (row: Row, change: (next: Partial<Row>) => void) => ReactNode;
}) {
  const t = useT();
  const { legend, rows, fresh: added, error, onChange, children } = props;
  return (
    <fieldset className="ac-choice">
      <legend>{legend}</legend>
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows have no id of their own
        <div key={index} className="ad-row ad-row-fields">
          {children(row, (next) => onChange(rows.map((each, at) => (at === index ? { ...each, ...next } : each))))}
          <button type="button" className="ac-link" onClick={() => onChange(rows.filter((_, at) => at !== index))}>
            {t('common.remove')}
          </button>
        </div>
      ))}
      {error && (
        <p className="ac-field-error" role="alert">
          <Icon name="warning" size={14} /> {error}
        </p>
      )}
      <div>
        <Button icon="plus" onClick={() => onChange([...rows, added])}>
          {t('common.add')}
        </Button>
      </div>
    </fieldset>
  );
}

/** What the employee can repair, and how well. */
export function SkillRows<T extends EmployeeValues>({ form }: { form: Form<T> }) {
  const t = useT();
  const { values } = form;
  return (
    <Rows
      legend={t('organisation.employee.skills')}
      rows={values.skills}
      fresh={{ code: 'barrier', level: 2 }}
      error={form.errorAt('/skills')}
      onChange={(rows) => form.set('skills', rows as T['skills'])}
    >
      {(row, change) => (
        <>
          <select
            aria-label={t('organisation.skill')}
            value={row.code}
            onChange={(event) => change({ code: event.target.value })}
          >
            {[...new Set([...skillCodes, row.code])].map((code) => (
              <option key={code} value={code}>
                {skillName(t, code)}
              </option>
            ))}
          </select>
          <select
            aria-label={t('organisation.skill.level')}
            value={row.level}
            onChange={(event) => change({ level: Number(event.target.value) })}
          >
            {[1, 2, 3].map((level) => (
              <option key={level} value={level}>
                {t(`organisation.skill.level.${level}`)}
              </option>
            ))}
          </select>
        </>
      )}
    </Rows>
  );
}

/** What the employee is licensed for, and until when. */
export function CertificateRows<T extends EmployeeValues>({ form }: { form: Form<T> }) {
  const t = useT();
  const { values } = form;
  return (
    <>
      <Rows
        legend={t('organisation.employee.certificates')}
        rows={values.certificates}
        fresh={{ code: '', number: '', issued_on: '', expires_on: '' }}
        error={form.errorAt('/certificates')}
        onChange={(rows) => form.set('certificates', rows as T['certificates'])}
      >
        {(row, change) => (
          <>
            <label className="ad-small-field">
              <span>{t('organisation.certificate.code')}</span>
              <input
                list="certificate-codes"
                size={14}
                value={row.code}
                onChange={(event) => change({ code: event.target.value })}
              />
            </label>
            <label className="ad-small-field">
              <span>{t('organisation.certificate.number')}</span>
              <input size={14} value={row.number} onChange={(event) => change({ number: event.target.value })} />
            </label>
            <label className="ad-small-field">
              <span>{t('organisation.certificate.issued_on')}</span>
              <input
                type="date"
                className="ac-input"
                value={row.issued_on}
                onChange={(event) => change({ issued_on: event.target.value })}
              />
            </label>
            <label className="ad-small-field">
              <span>{t('organisation.certificate.expires_on')}</span>
              <input
                type="date"
                className="ac-input"
                value={row.expires_on}
                onChange={(event) => change({ expires_on: event.target.value })}
              />
            </label>
          </>
        )}
      </Rows>
      <datalist id="certificate-codes">
        <option value="electrician">{t('organisation.certificate.electrician')}</option>
        <option value="work_at_height">{t('organisation.certificate.work_at_height')}</option>
      </datalist>
    </>
  );
}

/** When the employee works: the week, and the days that differ from it. */
export function ShiftRows<T extends EmployeeValues>({ form }: { form: Form<T> }) {
  const t = useT();
  const { values } = form;
  return (
    <Rows
      legend={t('organisation.employee.shifts')}
      rows={values.shifts}
      fresh={{ kind: 'leave', weekday: 1, on_date: '', from: '00:00', to: '24:00' } as ShiftRow}
      error={form.errorAt('/shifts')}
      onChange={(rows) => form.set('shifts', rows as T['shifts'])}
    >
      {(row, change) => (
        <>
          <select
            aria-label={t('organisation.shift.kind')}
            value={row.kind}
            onChange={(event) => change({ kind: event.target.value as ShiftRow['kind'] })}
          >
            {(['weekly', 'extra', 'leave'] as const).map((kind) => (
              <option key={kind} value={kind}>
                {t(`organisation.shift.${kind}`)}
              </option>
            ))}
          </select>
          {row.kind === 'weekly' ? (
            <select
              aria-label={t('organisation.shift.weekday')}
              value={row.weekday}
              onChange={(event) => change({ weekday: Number(event.target.value) })}
            >
              {[1, 2, 3, 4, 5, 6, 7].map((day) => (
                <option key={day} value={day}>
                  {t(`organisation.weekday.${day}`)}
                </option>
              ))}
            </select>
          ) : (
            <input
              type="date"
              aria-label={t('organisation.shift.on_date')}
              value={row.on_date}
              onChange={(event) => change({ on_date: event.target.value })}
            />
          )}
          <input
            aria-label={t('organisation.shift.from')}
            size={5}
            value={row.from}
            onChange={(event) => change({ from: event.target.value })}
          />
          <span>–</span>
          <input
            aria-label={t('organisation.shift.to')}
            size={5}
            value={row.to}
            onChange={(event) => change({ to: event.target.value })}
          />
        </>
      )}
    </Rows>
  );
}
