/** Employees: badge, job, skills; certificates that run out are marked. */
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { keys } from '../api/queries.ts';
import { serverNow } from '../api/server-clock.ts';
import { useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { SettingsNav } from '../settings/frame.desk.tsx';
import { useBoth } from '../ui/both.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Filter, SearchFilter } from '../ui-desk/filters.tsx';
import { useKeysetList } from '../ui-desk/keyset.ts';
import { ListPage } from '../ui-desk/list-page.tsx';
import { useListPlace } from '../ui-desk/list-place.ts';
import { NewEmployeeDialog } from './employee-form.desk.tsx';
import { expiry, skillName, staffRoles } from './employee-values.ts';
import { employees, type Role, useUnitName, useUnits } from './requests.ts';

export default function EmployeesPage() {
  const t = useT();
  const both = useBoth();
  const units = useUnits();
  const unitName = useUnitName();
  const navigate = useNavigate();
  const manages = useMay()('organisation.manage');
  const place = useListPlace('all');
  const [making, setMaking] = useState(false);
  const { q, role, unit } = place.filters;
  const filter = { q: q || undefined, role: (role || undefined) as Role | undefined, unit_id: unit || undefined };
  const list = useKeysetList(keys.list('employee', filter), (after) => employees({ ...filter, all: manages, after }));
  const open = (id: string) => void navigate({ to: `/settings/employees/${id}` });
  return (
    <div className="ad-side ad-side-list">
      <SettingsNav />
      <ListPage
        title={t('organisation.employees')}
        views={[]}
        place={place}
        list={list}
        rowId={({ id }) => id}
        onOpen={open}
        action={
          manages && (
            <Button kind="primary" icon="plus" onClick={() => setMaking(true)}>
              {t('organisation.employee.create')}
            </Button>
          )
        }
        filters={
          <>
            <SearchFilter
              label={t('organisation.employee.search')}
              value={q ?? ''}
              onChange={(next) => place.setFilter('q', next)}
            />
            <Filter
              label={t('organisation.unit')}
              value={unit ?? ''}
              options={units.map(({ id, name }) => ({ value: id, label: both(name) }))}
              onChange={(next) => place.setFilter('unit', next)}
            />
            <Filter
              label={t('organisation.employee.role')}
              value={role ?? ''}
              options={staffRoles.map((value) => ({ value, label: t(`status.role.${value}`) }))}
              onChange={(next) => place.setFilter('role', next)}
            />
          </>
        }
        chips={[
          ...(q ? [{ name: 'q', label: q }] : []),
          ...(unit ? [{ name: 'unit', label: unitName(unit) }] : []),
          ...(role ? [{ name: 'role', label: t(`status.role.${role}`) }] : []),
        ]}
        columns={[
          { key: 'name', title: t('organisation.employee.name'), width: 140, render: ({ name }) => name },
          {
            key: 'badge',
            title: t('organisation.employee.badge_number'),
            width: 120,
            render: ({ badge_number }) => <span className="ac-figure">{badge_number}</span>,
          },
          {
            key: 'role',
            title: t('organisation.employee.role'),
            width: 150,
            render: (row) => t(`status.role.${row.role}`),
          },
          { key: 'unit', title: t('organisation.unit'), width: 160, render: ({ unit_id }) => unitName(unit_id) },
          {
            key: 'skills',
            title: t('organisation.employee.skills'),
            width: 220,
            render: ({ skills }) => skills.map(({ code }) => skillName(t, code)).join(', '),
          },
          {
            key: 'certificates',
            title: t('organisation.employee.certificates'),
            width: 130,
            render: ({ certificates }) => {
              const due = certificates.filter(({ expires_on }) => expiry(expires_on, serverNow()) !== 'valid').length;
              return due > 0 ? (
                <span className="ad-warning">
                  <Icon name="warning" size={14} /> {t('organisation.certificate.due', { count: due })}
                </span>
              ) : (
                certificates.length || ''
              );
            },
          },
          {
            key: 'active',
            title: t('organisation.employee.active'),
            width: 90,
            render: ({ active }) => t(active ? 'common.yes' : 'common.no'),
          },
        ]}
        empty={{ title: t('organisation.employees.empty'), hint: t('organisation.employees.empty.hint') }}
      />
      {making && <NewEmployeeDialog onClose={() => setMaking(false)} onSaved={open} />}
    </div>
  );
}
