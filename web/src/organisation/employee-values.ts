/** An employee as the form holds it, and as the server takes it. Pure. */
import type { Translate } from '../i18n/index.ts';
import {
  type DepartmentKind,
  type Education,
  type Employee,
  type EmployeeInput,
  type Role,
  type Shift,
  skillCodes,
} from './requests.ts';

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

/** A shift as the form holds it: times as typed. */
export interface ShiftRow {
  kind: Shift['kind'];
  weekday: number;
  on_date: string;
  from: string;
  to: string;
}

/** What the form of an employee holds; places and times as typed. */
export interface EmployeeValues {
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

/** A new employee: an engineer with the usual week. */
export const freshEmployee: EmployeeValues = {
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

/** What the server takes. */
export function employeeBody(values: EmployeeValues, photo_sha256: string | null): EmployeeInput {
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

/** What the form begins with. */
export function employeeValues(view: Employee): EmployeeValues {
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
