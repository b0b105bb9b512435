/** Making and changing an employee: badge, skills, certificates, shifts. */
import { useCommand } from '../api/command.ts';
import { keys } from '../api/queries.ts';
import { useT } from '../i18n/index.ts';
import { announce } from '../ui/announce.tsx';
import { Field, type Form, useForm } from '../ui/form.tsx';
import { FormDialog } from '../ui-desk/dialog.tsx';
import { useEdit } from '../ui-desk/edit.tsx';
import { CertificateRows, ShiftRows, SkillRows } from './employee-rows.desk.tsx';
import {
  clockMinutes,
  type EmployeeValues,
  employeeBody,
  employeeValues,
  freshEmployee,
  type ShiftRow,
  skillName,
  staffRoles,
} from './employee-values.ts';
import { changeEmployee, type Employee, educations, employ, type Role, useUnits } from './requests.ts';
import { UnitSelect } from './unit-select.tsx';

function useCheck() {
  const t = useT();
  return <T extends EmployeeValues>(form: Form<T>): boolean => {
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

function EmployeeFields<T extends EmployeeValues>({ form }: { form: Form<T> }) {
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
      <SkillRows form={form} />
      <CertificateRows form={form} />
      <ShiftRows form={form} />
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
  const form = useForm({ initial: freshEmployee, draft_key: 'organisation.employee.new', problem: command.problem });
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
        const made = await command.run(employeeBody(form.values, null));
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
    values: employeeValues,
    fields: [
      { name: 'name', label: t('organisation.employee.name') },
      { name: 'role', label: t('organisation.employee.role'), show: (role: Role) => t(`status.role.${role}`) },
      { name: 'badge_number', label: t('organisation.employee.badge_number') },
      { name: 'badge_valid_until', label: t('organisation.employee.badge_valid_until') },
      {
        name: 'skills',
        label: t('organisation.employee.skills'),
        show: (skills: EmployeeValues['skills']) =>
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
    send: (values, options) =>
      changeEmployee(employee.id, employeeBody(values, employee.photo_sha256 ?? null), options),
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
