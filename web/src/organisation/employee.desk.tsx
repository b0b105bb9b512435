/** One employee: badge, skills, certificates with their expiry, shifts. */
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { keys } from '../api/queries.ts';
import { useServerNow } from '../api/server-clock.ts';
import { useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { CodePanel } from '../portal/code-panel.desk.tsx';
import { SettingsFrame } from '../settings/frame.desk.tsx';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Query } from '../ui/states.tsx';
import { Panel } from '../ui-desk/detail-page.tsx';
import { PlainTable } from '../ui-desk/plain-table.tsx';
import { Fact } from '../ui-desk/record-page.tsx';
import { EditEmployeeDialog } from './employee-form.desk.tsx';
import { clockText, expiry, skillName } from './employee-values.ts';
import { type Employee, employee, useUnitName } from './requests.ts';

export default function EmployeePage() {
  const t = useT();
  const { employee_id = '' } = useParams({ strict: false }) as { employee_id?: string };
  const manages = useMay()('organisation.manage');
  const [editing, setEditing] = useState(false);
  const query = useQuery({ queryKey: keys.one('employee', employee_id), queryFn: () => employee(employee_id) });
  return (
    <SettingsFrame
      title={query.data?.data.name ?? t('organisation.employee')}
      action={
        manages &&
        query.data && (
          <Button icon="draft" onClick={() => setEditing(true)}>
            {t('common.edit')}
          </Button>
        )
      }
    >
      <Query of={query}>
        {({ data }) => (
          <>
            <Detail view={data} manages={manages} />
            {editing && <EditEmployeeDialog employee={data} onClose={() => setEditing(false)} />}
          </>
        )}
      </Query>
    </SettingsFrame>
  );
}

function Detail({ view, manages }: { view: Employee; manages: boolean }) {
  const t = useT();
  const unitName = useUnitName();
  const now = useServerNow(60_000);
  const dated = view.shifts.filter(({ kind }) => kind !== 'weekly');
  return (
    <>
      <div className="ad-two">
        <Panel title={t('organisation.employee.facts')}>
          <dl>
            <Fact label={t('organisation.employee.role')}>{t(`status.role.${view.role}`)}</Fact>
            <Fact label={t('organisation.unit')}>{unitName(view.unit_id)}</Fact>
            {view.department && (
              <Fact label={t('organisation.employee.department')}>
                {t(`organisation.department.${view.department}`)}
              </Fact>
            )}
            <Fact label={t('organisation.employee.badge_number')}>{view.badge_number}</Fact>
            <Fact label={t('organisation.employee.badge_valid_until')}>
              <Expiry on={view.badge_valid_until} now_ms={now} />
            </Fact>
            {view.education && (
              <Fact label={t('organisation.employee.education')}>{t(`organisation.education.${view.education}`)}</Fact>
            )}
            {view.base && (
              <Fact label={t('organisation.employee.base')}>
                {`${view.base.lat.toFixed(4)}, ${view.base.lon.toFixed(4)}`}
              </Fact>
            )}
            <Fact label={t('organisation.employee.active')}>{t(view.active ? 'common.yes' : 'common.no')}</Fact>
          </dl>
        </Panel>
        <Panel title={t('organisation.employee.skills')}>
          {view.skills.length === 0 ? (
            <p className="ac-second">{t('common.none')}</p>
          ) : (
            <ul className="ad-tree">
              {view.skills.map(({ code, level }) => (
                <li key={code}>
                  {skillName(t, code)} <span className="ac-second">{t(`organisation.skill.level.${level}`)}</span>
                </li>
              ))}
            </ul>
          )}
        </Panel>
      </div>
      {manages && <CodePanel place={{ of: 'employee', id: view.id }} manages />}
      <Panel title={t('organisation.employee.certificates')}>
        {view.certificates.length === 0 ? (
          <p className="ac-second">{t('common.none')}</p>
        ) : (
          <PlainTable
            label={t('organisation.employee.certificates')}
            rows={view.certificates}
            rowId={({ code, number }) => code + number}
            columns={[
              {
                key: 'code',
                title: t('organisation.certificate.code'),
                render: ({ code }) =>
                  code === 'electrician' || code === 'work_at_height' ? t(`organisation.certificate.${code}`) : code,
              },
              { key: 'number', title: t('organisation.certificate.number'), render: ({ number }) => number },
              { key: 'issued', title: t('organisation.certificate.issued_on'), render: ({ issued_on }) => issued_on },
              {
                key: 'expires',
                title: t('organisation.certificate.expires_on'),
                render: ({ expires_on }) => <Expiry on={expires_on} now_ms={now} />,
              },
            ]}
          />
        )}
      </Panel>
      <Panel title={t('organisation.employee.shifts')}>
        <dl>
          {[1, 2, 3, 4, 5, 6, 7].map((day) => (
            <Fact key={day} label={t(`organisation.weekday.${day}`)}>
              {view.shifts
                .filter(({ kind, weekday }) => kind === 'weekly' && weekday === day)
                .map(({ from_min, to_min }) => `${clockText(from_min)}–${clockText(to_min)}`)
                .join(', ') || t('organisation.shift.off')}
            </Fact>
          ))}
          {dated.map(({ kind, on_date, from_min, to_min }) => (
            <Fact key={`${kind}${on_date}${from_min}`} label={on_date ?? ''}>
              {`${t(`organisation.shift.${kind}`)} ${clockText(from_min)}–${clockText(to_min)}`}
            </Fact>
          ))}
        </dl>
      </Panel>
    </>
  );
}

function Expiry({ on, now_ms }: { on: string | null | undefined; now_ms: number }) {
  const t = useT();
  if (!on) return <span>{t('organisation.certificate.forever')}</span>;
  const state = expiry(on, now_ms);
  if (state === 'valid') return <span className="ac-figure">{on}</span>;
  return (
    <span className={state === 'expired' ? 'ac-field-error' : 'ad-warning'}>
      <Icon name="warning" size={14} /> <span className="ac-figure">{on}</span> {t(`organisation.certificate.${state}`)}
    </span>
  );
}
