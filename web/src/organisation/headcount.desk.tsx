/** How many people, where, with which schooling (P2). */
import { useQuery } from '@tanstack/react-query';
import { useT } from '../i18n/index.ts';
import { SettingsFrame } from '../settings/frame.desk.tsx';
import { Query } from '../ui/states.tsx';
import { Panel } from '../ui-desk/detail-page.tsx';
import { PlainTable } from '../ui-desk/plain-table.tsx';
import { educations, headcountQuery, useUnitName } from './requests.ts';

export default function HeadcountPage() {
  const t = useT();
  const unitName = useUnitName();
  const query = useQuery(headcountQuery);
  const counts = (title: string, of: Record<string, number | undefined>, name: (key: string) => string) => (
    <Panel title={title}>
      <PlainTable
        label={title}
        rows={Object.entries(of)}
        rowId={([key]) => key}
        columns={[
          { key: 'name', title, render: ([key]) => name(key) },
          { key: 'people', title: t('organisation.headcount.people'), align: 'right', render: ([, count]) => count },
        ]}
      />
    </Panel>
  );
  return (
    <SettingsFrame title={t('organisation.headcount')}>
      <Query of={query}>
        {(head) => (
          <>
            <Panel title={t('organisation.headcount.total', { count: head.total })}>
              <p>
                {t('organisation.headcount.schooling', {
                  college: head.college_percent,
                  bachelor: head.bachelor_percent,
                })}
              </p>
            </Panel>
            <div className="ad-two">
              {counts(t('organisation.employee.role'), head.by_role, (key) => t(`status.role.${key}`))}
              {counts(t('organisation.employee.education'), head.by_education, (key) =>
                t(`organisation.education.${key}`),
              )}
              {counts(t('organisation.employee.department'), head.by_department, (key) =>
                t(`organisation.department.${key}`),
              )}
            </div>
            <Panel title={t('organisation.units')}>
              <PlainTable
                label={t('organisation.units')}
                rows={head.by_unit}
                rowId={({ unit_id }) => unit_id}
                columns={[
                  { key: 'unit', title: t('organisation.unit'), render: ({ unit_id }) => unitName(unit_id) },
                  {
                    key: 'people',
                    title: t('organisation.headcount.people'),
                    align: 'right',
                    render: ({ people }) => people,
                  },
                  ...educations.map((each) => ({
                    key: each,
                    title: t(`organisation.education.${each}`),
                    align: 'right' as const,
                    render: (row: (typeof head.by_unit)[number]) =>
                      (row.by_education as Record<string, number | undefined>)[each] ?? 0,
                  })),
                ]}
              />
            </Panel>
          </>
        )}
      </Query>
    </SettingsFrame>
  );
}
