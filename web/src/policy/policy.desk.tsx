/** The service policy: the version in force in groups, changed only as a new version with its reason. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { SettingsFrame } from '../settings/frame.desk.tsx';
import { useBoth } from '../ui/both.ts';
import { Button } from '../ui/button.tsx';
import { Query } from '../ui/states.tsx';
import { DateTime } from '../ui/values.tsx';
import { Panel } from '../ui-desk/detail-page.tsx';
import { PlainTable } from '../ui-desk/plain-table.tsx';
import { Fact } from '../ui-desk/record-page.tsx';
import { PolicyForm } from './policy-form.desk.tsx';
import {
  type BySeverity,
  type Calendar,
  type Content,
  type Coverage,
  periodOf,
  policyQuery,
  terms,
  versionQuery,
  versionsQuery,
} from './requests.ts';

export default function PolicyPage() {
  const t = useT();
  const { version } = useSearch({ strict: false }) as { version?: string | number };
  const navigate = useNavigate();
  const may = useMay();
  const chosen = Number(version);
  const one = useQuery({ ...versionQuery(chosen), enabled: Number.isInteger(chosen) });
  const inForce = useQuery(policyQuery);
  const query = Number.isInteger(chosen) ? one : inForce;
  const [editing, setEditing] = useState(false);
  return (
    <SettingsFrame
      title={t('policy.title')}
      action={
        may('policy.manage') &&
        query.data &&
        !editing && (
          <Button kind="primary" icon="draft" onClick={() => setEditing(true)}>
            {t('policy.new_version')}
          </Button>
        )
      }
    >
      <Query of={query}>
        {(view) =>
          editing ? (
            <PolicyForm
              view={view}
              onCancel={() => setEditing(false)}
              onSaved={(made) => {
                setEditing(false);
                void navigate({ to: '/settings/policy', search: { version: made.version } });
              }}
            />
          ) : (
            <>
              <p>
                {t('policy.version', { version: view.version })} ·{' '}
                {t(view.in_force ? 'policy.in_force' : 'policy.not_in_force')} · {t('policy.valid_from')}{' '}
                <DateTime at={view.valid_from} full />
              </p>
              <Groups content={view.content} />
            </>
          )
        }
      </Query>
      {!editing && <Versions />}
    </SettingsFrame>
  );
}

function Groups({ content }: { content: Content }) {
  const t = useT();
  const both = useBoth();
  const calendars = content.calendars as unknown as Record<'five_by_eight' | 'round_the_clock', Calendar>;
  const coverage = content.coverage as unknown as Coverage;
  const target = (of: BySeverity, severity: 'major' | 'normal') => {
    const value = of[severity];
    return value
      ? t('policy.target', {
          time: minutesText(t, value.minutes),
          calendar: t(`organisation.calendar.${value.calendar}`),
        })
      : t('policy.no_target');
  };
  const columns = Object.keys(Object.values(coverage.payer_matrix)[0] ?? {});
  return (
    <>
      <Panel title={t('policy.targets')} hint={t('policy.targets.hint')}>
        <PlainTable
          label={t('policy.targets')}
          rows={(['respond_fault', 'respond_consultation', 'arrive', 'restore'] as const).map((key) => key)}
          rowId={(key) => key}
          columns={[
            { key: 'promise', title: t('policy.promise'), render: (key) => t(`policy.target.${key}`) },
            {
              key: 'major',
              title: t('status.severity.major'),
              render: (key) => target(content.targets[key], 'major'),
            },
            {
              key: 'normal',
              title: t('status.severity.normal'),
              render: (key) => target(content.targets[key], 'normal'),
            },
          ]}
        />
        <dl>
          <Fact label={t('policy.warn_percents')}>{content.warn_percents.map((each) => `${each} %`).join(' · ')}</Fact>
          <Fact label={t('policy.arrival_start')}>{t(`policy.arrival_start.${content.arrival_start}`)}</Fact>
        </dl>
      </Panel>
      <div className="ad-two">
        {(['five_by_eight', 'round_the_clock'] as const).map((key) => (
          <Panel key={key} title={t(`organisation.calendar.${key}`)}>
            <dl>
              {weekdays.map((day, index) => (
                <Fact key={day} label={t(`organisation.weekday.${index + 1}`)}>
                  {(calendars[key].hours[day] ?? []).map(({ from, to }) => `${from}–${to}`).join(', ') ||
                    t('organisation.shift.off')}
                </Fact>
              ))}
              <Fact label={t('policy.holidays')}>{t(`policy.holidays.${calendars[key].holidays}`)}</Fact>
              <Fact label={t('organisation.unit.zone')}>{calendars[key].zone}</Fact>
            </dl>
          </Panel>
        ))}
      </div>
      <Panel title={t('policy.coverage')} hint={t('policy.coverage.hint')}>
        <dl>
          {terms.map((name) => {
            const { unit, count } = periodOf(coverage[name]);
            return (
              <Fact key={name} label={t(`policy.${name}`)}>
                {t(`policy.period.${unit}`, { count })}
              </Fact>
            );
          })}
        </dl>
      </Panel>
      <Panel title={t('policy.payers')} hint={t('policy.payers.hint')}>
        <PlainTable
          label={t('policy.payers')}
          rows={columns}
          rowId={(column) => column}
          columns={[
            { key: 'cover', title: t('policy.cover'), render: (column) => t(`policy.cover.${column}`) },
            ...Object.entries(coverage.payer_matrix).map(([kind, row]) => ({
              key: kind,
              title: t(`policy.charge.${kind}`),
              render: (column: string) => t(`policy.payer.${row[column]}`),
            })),
          ]}
        />
      </Panel>
      <Panel title={t('policy.questions')} hint={t('policy.questions.hint')}>
        <PlainTable
          label={t('policy.questions')}
          rows={content.effect_questions}
          rowId={({ code }) => code}
          columns={[
            { key: 'question', title: t('policy.question'), render: ({ question }) => both(question) },
            {
              key: 'major_if',
              title: t('policy.major_if'),
              render: ({ major_if }) => t(major_if ? 'common.yes' : 'common.no'),
            },
            { key: 'reason', title: t('policy.question.reason'), render: ({ reason }) => both(reason) },
          ]}
        />
      </Panel>
      <Panel title={t('policy.follow')}>
        <dl>
          <Fact label={t('policy.follow_up_working_days')}>
            {t('policy.working_days', { count: content.follow_up_working_days })}
          </Fact>
          <Fact label={t('policy.complaint_working_days')}>
            {t('policy.working_days', { count: content.complaint_working_days ?? '—' })}
          </Fact>
          <Fact label={t('policy.hand_over_limit')}>{content.hand_over_limit}</Fact>
          <Fact label={t('policy.hand_over_answer_minutes')}>{content.hand_over_answer_minutes}</Fact>
          <Fact label={t('policy.window_minutes')}>{minutesText(t, content.window_minutes ?? 120)}</Fact>
          <Fact label={t('policy.idle_minutes')}>{minutesText(t, content.idle_minutes)}</Fact>
          <Fact label={t('policy.reveals_per_day')}>{content.reveals_per_day}</Fact>
        </dl>
      </Panel>
    </>
  );
}

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** Minutes as people say them: 240 → 4 hours. */
export function minutesText(t: (key: string, values?: Record<string, number>) => string, minutes: number): string {
  return minutes % 60 === 0 ? t('policy.hours', { count: minutes / 60 }) : t('policy.minutes', { count: minutes });
}

function Versions() {
  const t = useT();
  const navigate = useNavigate();
  const query = useQuery(versionsQuery);
  return (
    <Panel title={t('policy.versions')} hint={t('policy.versions.hint')}>
      <Query of={query} shape="list">
        {(rows) => (
          <PlainTable
            label={t('policy.versions')}
            rows={rows}
            rowId={({ version }) => String(version)}
            columns={[
              {
                key: 'version',
                title: t('policy.versions.number'),
                render: ({ version, in_force }) => (
                  <>
                    <button
                      type="button"
                      className="ac-link"
                      onClick={() => void navigate({ to: '/settings/policy', search: { version } })}
                    >
                      {t('policy.version', { version })}
                    </button>{' '}
                    {in_force && <span className="ad-tag">{t('policy.in_force')}</span>}
                  </>
                ),
              },
              { key: 'from', title: t('policy.valid_from'), render: (row) => <DateTime at={row.valid_from} full /> },
              { key: 'reason', title: t('common.reason'), render: ({ reason }) => reason ?? t('policy.published') },
              { key: 'made', title: t('policy.made_at'), render: ({ made_at }) => <DateTime at={made_at} /> },
            ]}
          />
        )}
      </Query>
    </Panel>
  );
}
