/** A work order of a case: what, where, when, by whom it can be done (P41, P42). Afterwards somebody is assigned. */
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useCommand } from '../api/command.ts';
import { serverNow } from '../api/server-clock.ts';
import { CaseBadges } from '../cases/badges.tsx';
import { type AsOf, type CaseView, caseQuery } from '../cases/requests.ts';
import { fromWall, nextHour, toWall } from '../cases/wall-time.ts';
import { useT } from '../i18n/index.ts';
import { skillCodes } from '../organisation/requests.ts';
import { announce } from '../ui/announce.tsx';
import { useBoth } from '../ui/both.ts';
import { Field, useForm } from '../ui/form.tsx';
import { toMs } from '../ui/format.ts';
import { Empty, Query } from '../ui/states.tsx';
import { FormPage } from '../ui-desk/form-page.tsx';
import { usePause } from '../ui-desk/pause.ts';
import { Fact, FactGroup } from '../ui-desk/record-page.tsx';
import { useSkillName, WindowText } from './parts.tsx';
import { promiseSearch } from './promise.ts';
import { commands, type OfferedWindow, type OrderKind, type Schemas, touched, windowsQuery } from './requests.ts';
import { WindowsToPromise } from './windows.desk.tsx';

const kinds = ['repair', 'install', 'maintain', 'rework', 'train', 'patch'] as const satisfies readonly OrderKind[];

const kindOf: Partial<Record<Schemas['CaseKind'], OrderKind>> = {
  installation: 'install',
  maintenance: 'maintain',
  rework: 'rework',
  training: 'train',
  patch: 'patch',
};

interface Values {
  kind: OrderKind;
  from: string;
  to: string;
  place: string;
  symptom: string;
  skill: string;
  duration_min: string;
  later: boolean;
}

export default function NewWorkOrderPage() {
  const t = useT();
  const search = useSearch({ strict: false }) as { case_id?: unknown };
  const case_id = typeof search.case_id === 'string' ? search.case_id : '';
  const query = useQuery({ ...caseQuery(case_id), enabled: case_id !== '' });
  if (!case_id) return <Empty title={t('workorders.new.no_case')} hint={t('workorders.new.no_case.hint')} />;
  return <Query of={query}>{({ data }) => <NewWorkOrder key={data.id} of={data} />}</Query>;
}

function NewWorkOrder({ of }: { of: AsOf<CaseView> }) {
  const t = useT();
  const both = useBoth();
  const navigate = useNavigate();
  const router = useRouter();
  const skillName = useSkillName();
  const { zone } = of;
  const command = useCommand((body: Schemas['NewWorkOrder'], options) => commands.create(of.id, body, options), {
    touches: [...touched(''), ['case', of.id]],
  });
  // What the expert on the phone foresaw is not typed a second time.
  const support = of.phone_supports.at(-1);
  // What was promised when the visit was agreed on is not chosen a second time, as long as it lies ahead.
  const agreement = of.agreements.at(-1);
  const promised =
    agreement?.window_start && agreement.window_end && toMs(agreement.window_end) > serverNow()
      ? { start: agreement.window_start, end: agreement.window_end }
      : undefined;
  const start = promised ? toMs(promised.start) : nextHour(serverNow(), 1);
  const form = useForm<Values>({
    initial: {
      kind: kindOf[of.kind] ?? 'repair',
      from: toWall(start, zone),
      to: toWall(promised ? toMs(promised.end) : start + 2 * 3_600_000, zone),
      place: of.address || of.site_name,
      symptom: of.symptom,
      skill: support?.needed_skill ?? of.asset?.skill ?? '',
      duration_min: String(support?.expected_minutes ?? 60),
      later: false,
    },
    draft_key: `workorders.new.${of.id}`,
    problem: command.problem,
  });
  const { values } = form;

  // What a window is asked for with, once it is no longer being typed.
  const asked = usePause(
    `${values.skill}\n${Math.round(Math.min(Math.max(Number(values.duration_min) || 60, 15), 1440))}`,
  );
  const [asked_skill = '', asked_min = '60'] = asked.split('\n');
  // The window that was chosen with the customer, as long as it stands in the form.
  const [chosen, setChosen] = useState<OfferedWindow>();
  const promise =
    chosen &&
    values.from === toWall(toMs(chosen.window.start), zone) &&
    values.to === toWall(toMs(chosen.window.end), zone)
      ? chosen
      : undefined;

  const save = async () => {
    const from = fromWall(values.from, zone);
    const to = fromWall(values.to, zone);
    const made = await command.run({
      kind: values.kind,
      window: from && to ? { start: from, end: to } : null,
      place: values.place.trim() || null,
      symptom: values.symptom.trim() || null,
      skill: values.skill || null,
      duration_min: Number(values.duration_min) || null,
      later_at_customers_wish: values.later,
    });
    if (!made) return;
    form.reset();
    void navigate({
      to: `/work-orders/${made.id}`,
      search: { assign: 1, ...(promise ? promiseSearch(promise) : {}) },
      replace: true,
    });
  };

  // The order takes the window over; its visit is planned once the order is there.
  const take = (offered: OfferedWindow) => {
    const { window } = offered;
    setChosen(offered);
    form.set('from', toWall(toMs(window.start), zone));
    form.set('to', toWall(toMs(window.end), zone));
    announce(t('workorders.windows.taken'));
  };

  return (
    <FormPage
      title={t('workorders.new.title')}
      form={form}
      verb={t('workorders.new.save')}
      busy={command.busy}
      problem={command.problem}
      onSave={() => void save()}
      onCancel={() => router.history.back()}
      aside={
        <FactGroup
          title={t('workorders.case')}
          lead={
            <div className="ad-badges">
              <CaseBadges row={of} as_of={of.as_of} />
            </div>
          }
        >
          <Fact label={t('workorders.case')}>
            <Link to={`/cases/${of.id}`} className="ac-figure">
              {of.number}
            </Link>
          </Fact>
          <Fact label={t('workorders.customer')}>{of.customer_name}</Fact>
          <Fact label={t('workorders.site')}>
            <Link to={`/sites/${of.site_id}`}>{of.site_name}</Link>
          </Fact>
          <Fact label={t('workorders.address')}>{of.address || '—'}</Fact>
          {of.asset && (
            <Fact label={t('workorders.asset')}>
              {both(of.asset.product)} {of.asset.model} · {of.asset.serial}
            </Fact>
          )}
          {of.contact && (
            <Fact label={t('workorders.contact')}>
              {of.contact.name} {of.contact.phone_masked}
            </Fact>
          )}
          {promised && (
            <Fact label={t('workorders.promise')}>
              <b>
                <WindowText window={promised} zone={zone} />
              </b>
            </Fact>
          )}
          {support?.reason && <Fact label={t('workorders.expert.reason')}>{support.reason}</Fact>}
          {(support?.steps_tried.length ?? 0) > 0 && (
            <Fact label={t('workorders.expert.tried')}>{support?.steps_tried.join('; ')}</Fact>
          )}
          {(support?.expected_parts.length ?? 0) > 0 && (
            <Fact label={t('workorders.expert.parts')}>{support?.expected_parts.join(', ')}</Fact>
          )}
        </FactGroup>
      }
    >
      <Field label={t('workorders.kind')} required error={form.errorAt('/kind')}>
        {(input) => (
          <select
            {...input}
            value={values.kind}
            onChange={(event) => form.set('kind', event.target.value as OrderKind)}
          >
            {kinds.map((kind) => (
              <option key={kind} value={kind}>
                {t(`workorders.kind.${kind}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <div className="ad-two">
        <Field
          label={t('workorders.window_start')}
          required
          error={form.errorAt('/window')}
          hint={t('workorders.zone', { zone })}
        >
          {(input) => <input {...input} type="datetime-local" {...form.text('from')} />}
        </Field>
        <Field label={t('workorders.window_end')} required>
          {(input) => <input {...input} type="datetime-local" {...form.text('to')} />}
        </Field>
      </div>
      <WindowsToPromise
        of={windowsQuery({
          case_id: of.id,
          skill: asked_skill,
          duration_min: Number(asked_min),
        })}
        verb={t('workorders.windows.take')}
        busy={command.busy}
        promised={(offered) => offered.window}
        onChoose={take}
      />
      <label className="ad-check">
        <input
          type="checkbox"
          checked={values.later}
          onChange={(event) => form.set('later', event.target.checked)}
          aria-describedby="later-hint"
        />
        {t('workorders.later')}
      </label>
      <p className="ac-hint" id="later-hint">
        {t('workorders.later.hint')}
      </p>
      <Field label={t('workorders.place')} hint={t('workorders.place.hint')} required error={form.errorAt('/place')}>
        {(input) => <input {...input} {...form.text('place')} maxLength={500} />}
      </Field>
      <Field label={t('workorders.symptom')} required error={form.errorAt('/symptom')}>
        {(input) => <textarea {...input} {...form.text('symptom')} maxLength={2000} />}
      </Field>
      <div className="ad-two">
        <Field label={t('workorders.skill')} required={false} error={form.errorAt('/skill')}>
          {(input) => (
            <select {...input} value={values.skill} onChange={(event) => form.set('skill', event.target.value)}>
              <option value="">{t('workorders.skill.any')}</option>
              {[...new Set([...skillCodes, ...(values.skill ? [values.skill] : [])])].map((code) => (
                <option key={code} value={code}>
                  {skillName(code)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t('workorders.duration')} required error={form.errorAt('/duration_min')}>
          {(input) => <input {...input} type="number" min={15} max={1440} step={15} {...form.text('duration_min')} />}
        </Field>
      </div>
    </FormPage>
  );
}
