/** Making and changing an employee: badge, skills, certificates, shifts. */
import { useCommand } from '../api/command.ts';
import { keys } from '../api/queries.ts';
import { type Translate, useT } from '../i18n/index.ts';
import { announce } from '../ui/announce.tsx';
import { Button } from '../ui/button.tsx';
import { Field, type Form, useForm } from '../ui/form.tsx';
import { Icon } from '../ui/icon.tsx';
import { FormDialog } from '../ui-desk/dialog.tsx';
import { useEdit } from '../ui-desk/edit.tsx';
import {
  changeEmployee,
  type DepartmentKind,
  type Education,
  type Employee,
  type EmployeeInput,
  educations,
  employ,
  type Role,
  type Shift,
  skillCodes,
  useUnits,
} from './requests.ts';
import { UnitSelect } from './unit-select.tsx';

/** Jobs an employee can have; a customer's contact is none. */
export const staffRoles: readonly Role[] = [
  'hotline_agent',
  'expert',
  'dispatcher',
  'engineer',
  'parts_clerk',
  'depot_technician',
  'trainer',
  'follow_up_agent',
  'branch_manager',
  'finance_clerk',
  'system_admin',
  'security_admin',
  'audit_admin',
];

const warn_ms = 60 * 86_400_000;

/** Whether a certificate still holds at `now_ms`; `soon` within 60 days of its last day. */
export function expiry(expires_on: string | null | undefined, now_ms: number): 'valid' | 'soon' | 'expired' {
  if (!expires_on) return 'valid';
  const end = Date.parse(`${expires_on}T23:59:59+08:00`);
  if (end < now_ms) return 'expired';
  return end - now_ms < warn_ms ? 'soon' : 'valid';
}

/** A skill in words; a company's own code as it is. */
export function skillName(t: Translate, code: string): string {
  return (skillCodes as readonly string[]).includes(code) ? t(`organisation.skill.${code}`) : code;
}

/** Minutes of the day as 09:30. */
export const clockText = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** 09:30 as minutes of the day; NaN when it is no time. */
export function clockMinutes(text: string): number {
  const [, hour, minute] = /^(\d{1,2}):(\d{2})$/.exec(text.trim()) ?? [];
  const value = Number(hour) * 60 + Number(minute);
  return Number(minute) < 60 && value <= 1440 ? value : Number.NaN;
}

interface ShiftRow {
  kind: Shift['kind'];
  weekday: number;
  on_date: string;
  from: string;
  to: string;
}

interface Values {
  unit_id: string | null;
  department: DepartmentKind | '';
  role: Role;
  name: string;
  badge_number: string;
  badge_valid_until: string;
  education: Education;
  lon: string;
  lat: string;
  active: boolean;
  skills: { code: string; level: number }[];
  certificates: { code: string; number: string; issued_on: string; expires_on: string }[];
  shifts: ShiftRow[];
}

const week: ShiftRow[] = [1, 2, 3, 4, 5].map((weekday) => ({
  kind: 'weekly',
  weekday,
  on_date: '',
  from: '09:00',
  to: '18:00',
}));

const fresh: Values = {
  unit_id: null,
  department: '',
  role: 'engineer',
  name: '',
  badge_number: '',
  badge_valid_until: '',
  education: 'college',
  lon: '',
  lat: '',
  active: true,
  skills: [],
  certificates: [],
  shifts: week,
};

function body(values: Values, photo_sha256: string | null): EmployeeInput {
  return {
    unit_id: values.unit_id ?? '',
    department: values.department || null,
    role: values.role,
    name: values.name.trim(),
    badge_number: values.badge_number.trim(),
    badge_valid_until: values.badge_valid_until || null,
    education: values.education,
    base: values.lon.trim() && values.lat.trim() ? { lon: Number(values.lon), lat: Number(values.lat) } : null,
    ...(photo_sha256 ? { photo_sha256 } : {}),
    active: values.active,
    skills: values.skills,
    certificates: values.certificates.map((each) => ({ ...each, expires_on: each.expires_on || null })),
    shifts: values.shifts.map(({ kind, weekday, on_date, from, to }) => ({
      kind,
      weekday: kind === 'weekly' ? weekday : null,
      on_date: kind === 'weekly' ? null : on_date,
      from_min: clockMinutes(from),
      to_min: clockMinutes(to),
    })),
  } as EmployeeInput;
}

function valuesOf(view: Employee): Values {
  return {
    unit_id: view.unit_id,
    department: view.department ?? '',
    role: view.role,
    name: view.name,
    badge_number: view.badge_number,
    badge_valid_until: view.badge_valid_until ?? '',
    education: view.education ?? 'college',
    lon: view.base ? String(view.base.lon) : '',
    lat: view.base ? String(view.base.lat) : '',
    active: view.active,
    skills: view.skills,
    certificates: view.certificates.map((each) => ({ ...each, expires_on: each.expires_on ?? '' })),
    shifts: view.shifts.map((each) => ({
      kind: each.kind,
      weekday: each.weekday ?? 1,
      on_date: each.on_date ?? '',
      from: clockText(each.from_min),
      to: clockText(each.to_min),
    })),
  };
}

function useCheck() {
  const t = useT();
  return <T extends Values>(form: Form<T>): boolean => {
    const { unit_id, shifts } = form.values;
    const wrong = shifts.some(
      ({ kind, on_date, from, to }) =>
        Number.isNaN(clockMinutes(from)) || Number.isNaN(clockMinutes(to)) || (kind !== 'weekly' && !on_date),
    );
    const faults = [
      ...(unit_id ? [] : [{ pointer: '/unit_id', code: 'unit', detail: t('organisation.fault.unit') }]),
      ...(wrong ? [{ pointer: '/shifts', code: 'shifts', detail: t('organisation.fault.shifts') }] : []),
    ];
    form.setErrors(faults);
    return faults.length === 0;
  };
}

/** Rows that can be added, changed and taken away. */
function Rows<Row extends object>(props: {
  legend: string;
  rows: readonly Row[];
  fresh: Row;
  error: string | undefined;
  onChange: (rows: Row[]) => void;
  children: (row: Row, change: (next: Partial<Row>) => void) => React.ReactNode;
}) {
  const t = useT();
  const { legend, rows, fresh: added, error, onChange, children } = props;
  return (
    <fieldset className="ac-choice">
      <legend>{legend}</legend>
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows have no id of their own
        <div key={index} className="ad-row">
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

function EmployeeFields<T extends Values>({ form }: { form: Form<T> }) {
  const t = useT();
  const units = useUnits();
  const { values } = form;
  const departments = units.find(({ id }) => id === values.unit_id)?.departments ?? [];
  return (
    <>
      <div className="ad-two">
        <Field label={t('organisation.employee.name')} required error={form.errorAt('/name')}>
          {(input) => <input {...input} {...form.text('name')} maxLength={80} autoComplete="off" />}
        </Field>
        <Field label={t('organisation.employee.role')} required error={form.errorAt('/role')}>
          {(input) => (
            <select
              {...input}
              value={values.role}
              onChange={(event) => form.set('role', event.target.value as T['role'])}
            >
              {staffRoles.map((role) => (
                <option key={role} value={role}>
                  {t(`status.role.${role}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t('organisation.unit')} required error={form.errorAt('/unit_id')}>
          {(input) => (
            <UnitSelect
              input={input}
              value={values.unit_id}
              onChange={(id) => form.set('unit_id', id as T['unit_id'])}
            />
          )}
        </Field>
        {departments.length > 0 && (
          <Field label={t('organisation.employee.department')} error={form.errorAt('/department')}>
            {(input) => (
              <select
                {...input}
                value={values.department}
                onChange={(event) => form.set('department', event.target.value as T['department'])}
              >
                <option value="">{t('common.none')}</option>
                {departments.map(({ kind }) => (
                  <option key={kind} value={kind}>
                    {t(`organisation.department.${kind}`)}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        <Field label={t('organisation.employee.badge_number')} required error={form.errorAt('/badge_number')}>
          {(input) => <input {...input} {...form.text('badge_number')} maxLength={40} />}
        </Field>
        <Field label={t('organisation.employee.badge_valid_until')} error={form.errorAt('/badge_valid_until')}>
          {(input) => <input {...input} {...form.text('badge_valid_until')} type="date" />}
        </Field>
        <Field label={t('organisation.employee.education')} required error={form.errorAt('/education')}>
          {(input) => (
            <select
              {...input}
              value={values.education}
              onChange={(event) => form.set('education', event.target.value as T['education'])}
            >
              {educations.map((each) => (
                <option key={each} value={each}>
                  {t(`organisation.education.${each}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field
          label={t('organisation.employee.lon')}
          hint={t('organisation.employee.base.hint')}
          error={form.errorAt('/base')}
        >
          {(input) => <input {...input} {...form.text('lon')} inputMode="decimal" maxLength={12} />}
        </Field>
        <Field label={t('organisation.employee.lat')}>
          {(input) => <input {...input} {...form.text('lat')} inputMode="decimal" maxLength={12} />}
        </Field>
      </div>
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
      <Rows
        legend={t('organisation.employee.certificates')}
        rows={values.certificates}
        fresh={{ code: '', number: '', issued_on: '', expires_on: '' }}
        error={form.errorAt('/certificates')}
        onChange={(rows) => form.set('certificates', rows as T['certificates'])}
      >
        {(row, change) => (
          <>
            <input
              aria-label={t('organisation.certificate.code')}
              placeholder={t('organisation.certificate.code')}
              list="certificate-codes"
              size={14}
              value={row.code}
              onChange={(event) => change({ code: event.target.value })}
            />
            <input
              aria-label={t('organisation.certificate.number')}
              placeholder={t('organisation.certificate.number')}
              size={14}
              value={row.number}
              onChange={(event) => change({ number: event.target.value })}
            />
            <label>
              {t('organisation.certificate.issued_on')}{' '}
              <input
                type="date"
                className="ac-input"
                value={row.issued_on}
                onChange={(event) => change({ issued_on: event.target.value })}
              />
            </label>
            <label>
              {t('organisation.certificate.expires_on')}{' '}
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
      <label className="ad-check">
        <input
          type="checkbox"
          checked={values.active}
          onChange={(event) => form.set('active', event.target.checked as T['active'])}
        />
        {t('organisation.employee.active')}
      </label>
    </>
  );
}

/** Employs somebody. */
export function NewEmployeeDialog({ onClose, onSaved }: { onClose: () => void; onSaved: (id: string) => void }) {
  const t = useT();
  const check = useCheck();
  const command = useCommand(employ, { touches: [['employee']] });
  const form = useForm({ initial: fresh, draft_key: 'organisation.employee.new', problem: command.problem });
  return (
    <FormDialog
      title={t('organisation.employee.create')}
      width={760}
      form={form}
      verb={t('organisation.employee.create')}
      busy={command.busy}
      problem={command.problem}
      onClose={onClose}
      onSave={async () => {
        if (!check(form)) return;
        const made = await command.run(body(form.values, null));
        if (!made) return;
        form.reset();
        onSaved(made.id);
      }}
    >
      <EmployeeFields form={form} />
    </FormDialog>
  );
}

/** Changes an employee. */
export function EditEmployeeDialog({ employee, onClose }: { employee: Employee; onClose: () => void }) {
  const t = useT();
  const check = useCheck();
  const edit = useEdit({
    view: employee,
    values: valuesOf,
    fields: [
      { name: 'name', label: t('organisation.employee.name') },
      { name: 'role', label: t('organisation.employee.role'), show: (role: Role) => t(`status.role.${role}`) },
      { name: 'badge_number', label: t('organisation.employee.badge_number') },
      { name: 'badge_valid_until', label: t('organisation.employee.badge_valid_until') },
      {
        name: 'skills',
        label: t('organisation.employee.skills'),
        show: (skills: Values['skills']) =>
          skills.map(({ code, level }) => `${skillName(t, code)} ${level}`).join(', '),
      },
      { name: 'certificates', label: t('organisation.employee.certificates') },
      {
        name: 'shifts',
        label: t('organisation.employee.shifts'),
        show: (rows: ShiftRow[]) => rows.map(({ from, to }) => `${from}–${to}`).join(', '),
      },
      {
        name: 'active',
        label: t('organisation.employee.active'),
        show: (on: boolean) => t(on ? 'common.yes' : 'common.no'),
      },
    ],
    draft_key: `organisation.employee.${employee.id}`,
    check,
    send: (values, options) => changeEmployee(employee.id, body(values, employee.photo_sha256 ?? null), options),
    touches: [keys.one('employee', employee.id), ['employee', 'list']],
    onSaved: () => {
      announce(t('common.saved'));
      onClose();
    },
  });
  return (
    <FormDialog
      title={t('organisation.employee.change')}
      width={760}
      form={edit.form}
      verb={t('common.save')}
      busy={edit.busy}
      problem={edit.problem}
      conflict={edit.conflict}
      onClose={onClose}
      onSave={() => void edit.save()}
    >
      <EmployeeFields form={edit.form} />
    </FormDialog>
  );
}
