/** A case: head strip, timeline with the composer, facts, and one button for the next step. */
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { api, call } from '../api/client.ts';
import { useCommand } from '../api/command.ts';
import { keys } from '../api/queries.ts';
import { ComplaintFacts } from '../care/complaint-panel.desk.tsx';
import { CoveragePanel } from '../coverage/panel.desk.tsx';
import { hasText, useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { CustomerSideFacts } from '../portal/side.desk.tsx';
import { announce } from '../ui/announce.tsx';
import { StatusBadge } from '../ui/badges.tsx';
import { useBoth } from '../ui/both.ts';
import { formatInstant } from '../ui/format.ts';
import { Query } from '../ui/states.tsx';
import { DateTime, MaskedPhone } from '../ui/values.tsx';
import { useActions } from '../ui-desk/actions.ts';
import { Fact, FactGroup, type OtherStep, RecordPage } from '../ui-desk/record-page.tsx';
import { WindowText } from '../work-orders/parts.tsx';
import { CaseBadges } from './badges.tsx';
import { leadOf } from './next.ts';
import { PromiseWords } from './promise-words.tsx';
import { useNextCase } from './record/next-case.desk.tsx';
import { PastVisits } from './record/past-visits.desk.tsx';
import { CaseTimeline } from './record/timeline.desk.tsx';
import {
  type AsOf,
  type CaseStep,
  type CaseView,
  caseQuery,
  causesQuery,
  commands,
  followUpOf,
  policyQuery,
  type Schemas,
} from './requests.ts';
import {
  CorrectDialog,
  FollowDialog,
  HandOverDialog,
  MergeDialog,
  NextStepDialog,
  ReasonDialog,
  SeverityDialog,
  WaitDialog,
} from './steps/other.desk.tsx';
import { AgreeOnsiteDialog, PhoneResultDialog, TriageDialog } from './steps/support.desk.tsx';
import './cases.css';

/** Steps that are taken by pressing the button: they ask for nothing. */
const direct = ['start_phone_support', 'resume', 'accept_hand_over', 'leave_parent'] as const;
type Direct = (typeof direct)[number];
const isDirect = (step: CaseStep): step is Direct => (direct as readonly string[]).includes(step);
/** Steps that end the case or take it away; they stand last in the menu. */
const grave: readonly CaseStep[] = ['merge', 'withdraw'];
const stepKeys: Readonly<Record<string, string>> = {
  hand_over: 'a',
  change_severity: 'p',
  set_next_step: 's',
  escalate: 'e',
};

export default function CaseScreen() {
  const { case_id } = useParams({ strict: false }) as { case_id: string };
  const query = useQuery(caseQuery(case_id));
  return <Query of={query}>{({ data }) => <CaseRecord key={case_id} view={data} />}</Query>;
}

function CaseRecord({ view }: { view: AsOf<CaseView> }) {
  const t = useT();
  const both = useBoth();
  const [open, setOpen] = useState<CaseStep>();
  const [coverage, setCoverage] = useState(false);
  const [outcome, setOutcome] = useState<Schemas['PhoneOutcome']>();
  const [solution, setSolution] = useState<Schemas['ParentSolution']>();
  const now = useCommand(
    (step: Direct, options) =>
      step === 'start_phone_support'
        ? commands.start_phone_support(view.id, {}, options)
        : commands[step](view.id, options),
    { touches: [keys.one('case', view.id), ['case', 'list']] },
  );
  const may = useMay();
  const navigate = useNavigate();
  useNextCase(view.id);
  const mended = view.state === 'follow_up';
  const follow_up = useQuery({ ...followUpOf(view.id), enabled: mended && may('care.follow_up') });
  const lead = leadOf(view, { may, follow_up_id: follow_up.data ?? null });
  const follow = () => lead && void navigate({ to: lead.to, search: lead.search ?? {} });
  const take = async (step: CaseStep) => {
    if (!isDirect(step)) {
      setOpen(step);
      return;
    }
    if (await now.run(step)) announce(t(`cases.done.${step}`));
  };

  // A visit is planned on the work order: the step stands in the lead, never twice.
  const offered = view.steps.filter(({ step }) => step !== 'note' && step !== 'plan_visit');
  const primary = offered.find((each) => each.primary)?.step;
  const others: OtherStep[] = offered
    .filter(({ step }) => step !== primary)
    .sort((a, b) => Number(grave.includes(a.step)) - Number(grave.includes(b.step)))
    .map(({ step }) => ({
      key: step,
      label: t(`cases.step.${step}`),
      danger: grave.includes(step),
      onClick: () => void take(step),
    }));
  const has = (step: CaseStep) => view.steps.some((each) => each.step === step);
  // Read before they are asked for: the key that ends a try by phone puts the focus on them.
  useQuery({ ...causesQuery, enabled: has('record_phone_result') });
  // Every step that is open here is an action of the palette; the frequent ones have a key.
  useActions([
    ...(primary ? [{ id: primary, label: t(`cases.step.${primary}`), key: 'n', run: () => void take(primary) }] : []),
    ...(!primary && lead ? [{ id: 'lead', label: t(`cases.lead.${lead.key}`), key: 'n', run: follow }] : []),
    ...others.map(({ key, label, onClick }) => ({
      id: key,
      label,
      ...(stepKeys[key] ? { key: stepKeys[key] } : {}),
      run: onClick,
    })),
    ...(has('record_phone_result')
      ? (['solved', 'not_solved'] as const).map((of) => ({
          id: of,
          label: t(of === 'solved' ? 'cases.action.solved' : 'cases.action.visit'),
          key: of === 'solved' ? 'r' : 'v',
          run: () => {
            setOutcome(of);
            setOpen('record_phone_result');
          },
        }))
      : []),
    ...(has('note')
      ? [
          {
            id: 'note',
            label: t('cases.step.note'),
            key: 'c',
            run: () => document.querySelector<HTMLElement>('.ad-composer textarea')?.focus(),
          },
        ]
      : []),
  ]);

  const close = () => {
    setOpen(undefined);
    setSolution(undefined);
    setOutcome(undefined);
  };
  // The parent's solution, offered where a result can be written down.
  const useSolution =
    view.parent_solution && has('record_phone_result')
      ? () => {
          setSolution(view.parent_solution ?? undefined);
          setOpen('record_phone_result');
        }
      : undefined;
  return (
    <>
      <RecordPage
        number={view.number}
        title={t(`cases.kind.${view.kind}`)}
        trail={
          <>
            <Link to={`/customers/${view.customer_id}`}>{view.customer_name}</Link>
            <Link to={`/sites/${view.site_id}`}>{view.site_name}</Link>
            {view.asset && (
              <Link to={`/assets/${view.asset.id}`}>{`${both(view.asset.product)} ${view.asset.model}`}</Link>
            )}
          </>
        }
        badges={<CaseBadges row={view} as_of={view.as_of} onCoverage={() => setCoverage(true)} />}
        timeline={
          <CaseTimeline id={view.id} zone={view.zone} canNote={view.steps.some(({ step }) => step === 'note')} />
        }
        facts={<Facts view={view} onCoverage={() => setCoverage(true)} onUse={useSolution} />}
        {...(primary
          ? { next: { label: t(`cases.step.${primary}`), onClick: () => void take(primary), busy: now.busy } }
          : lead
            ? { next: { label: t(`cases.lead.${lead.key}`), onClick: follow } }
            : {})}
        others={others}
        problem={now.problem}
      />
      {open === 'triage' && <TriageDialog view={view} onClose={close} />}
      {open === 'record_phone_result' && (
        <PhoneResultDialog
          view={view}
          onClose={close}
          {...(solution ? { solution } : {})}
          {...(outcome ? { outcome } : {})}
        />
      )}
      {open === 'agree_onsite' && <AgreeOnsiteDialog view={view} onClose={close} />}
      {open === 'wait_customer' && <WaitDialog view={view} whom="customer" onClose={close} />}
      {open === 'wait_parts' && <WaitDialog view={view} whom="parts" onClose={close} />}
      {open === 'hand_over' && <HandOverDialog view={view} onClose={close} />}
      {open === 'change_severity' && <SeverityDialog view={view} onClose={close} />}
      {open === 'set_next_step' && <NextStepDialog view={view} onClose={close} />}
      {open === 'correct' && <CorrectDialog view={view} onClose={close} />}
      {open === 'merge' && <MergeDialog view={view} onClose={close} />}
      {open === 'set_parent' && <FollowDialog view={view} onClose={close} />}
      {(open === 'withdraw' ||
        open === 'reopen' ||
        open === 'decline_hand_over' ||
        open === 'escalate' ||
        open === 'return_escalation') && <ReasonDialog view={view} step={open} onClose={close} />}
      {coverage && (
        <CoveragePanel case_id={view.id} has_asset={Boolean(view.asset)} onClose={() => setCoverage(false)} />
      )}
    </>
  );
}

/** Cases of the same fault: the parent with its solution, or the children with how they stand. */
function Family({ view, onUse }: { view: AsOf<CaseView>; onUse: (() => void) | undefined }) {
  const t = useT();
  const open = view.children.filter((child) => child.open).length;
  const ending = view.state === 'follow_up' || view.state === 'closed';
  return (
    <FactGroup title={t('cases.group.family')}>
      {view.parent && (
        <Fact label={t('cases.fact.parent')}>
          <Link to={`/cases/${view.parent.id}`} className="ac-figure">
            {view.parent.number}
          </Link>{' '}
          <StatusBadge kind="case" state={view.parent.state} />
          <div className="ac-second">{view.parent.site_name}</div>
        </Fact>
      )}
      {view.parent_solution && (
        <Fact label={t('cases.fact.fix_plan')}>
          <div>{t('cases.family.solved')}</div>
          <div className="ad-case-symptom">{view.parent_solution.fix_plan}</div>
          {onUse && (
            <button type="button" className="ac-link" onClick={onUse}>
              {t('cases.family.use')}
            </button>
          )}
        </Fact>
      )}
      {view.children.length > 0 && (
        <Fact label={t('cases.fact.children')}>
          <div>{t('cases.fact.children_open', { open, all: view.children.length })}</div>
          {ending && open > 0 && <div className="ad-late">{t('cases.family.open_children', { count: open })}</div>}
          <ul className="ad-effects">
            {view.children.map(({ id, number, state, site_name }) => (
              <li key={id}>
                <Link to={`/cases/${id}`} className="ac-figure">
                  {number}
                </Link>{' '}
                <StatusBadge kind="case" state={state} /> <span className="ac-second">{site_name}</span>
              </li>
            ))}
          </ul>
        </Fact>
      )}
    </FactGroup>
  );
}

function Facts(props: { view: AsOf<CaseView>; onCoverage: () => void; onUse: (() => void) | undefined }) {
  const { view, onCoverage, onUse } = props;
  const t = useT();
  const both = useBoth();
  const may = useMay();
  const policy = useQuery(policyQuery).data;
  const questions = policy?.content.effect_questions ?? [];
  const last = view.phone_supports.at(-1);
  const agreement = view.agreements.at(-1);
  const offer = view.hand_over_list.find(({ answered_at }) => !answered_at);
  const refused = offer ? undefined : view.hand_over_list.findLast(({ answer }) => answer !== 'accepted');
  const reveal = async (id: string) => {
    const { dial } = await call(
      api.POST('/api/contacts/{id}/reveal', {
        params: { path: { id } },
        body: { reason: t('cases.reveal.reason', { number: view.number }) },
      }),
    );
    return dial;
  };
  return (
    <>
      {view.kind === 'complaint' && may('care.read') && <ComplaintFacts case_id={view.id} now_ms={view.as_of} />}
      <FactGroup title={t('cases.group.next')}>
        <Fact label={t('cases.fact.next')}>
          {view.next ? (
            <>
              {t(`cases.next.${view.next.step}`)}
              {view.next.note && <div>{view.next.note}</div>}
            </>
          ) : (
            t('cases.fact.nothing_owed')
          )}
        </Fact>
        {view.next && (
          <Fact label={t('cases.fact.due')}>
            <span className={view.late ? 'ad-late' : undefined}>
              <DateTime at={view.next.due_at} zone={view.zone} />
              {view.late && ` · ${t('cases.late')}`}
            </span>
          </Fact>
        )}
        <Fact label={t('cases.fact.owner')}>{view.owner.name || '—'}</Fact>
        {view.hand_over_to && (
          <Fact label={t('cases.fact.offered_to')}>
            {offer?.to.name ?? '—'}
            {offer?.answer_due_at && (
              <div className="ac-second">
                {t('cases.hand_over.answer_by', { time: formatInstant(offer.answer_due_at, view.zone, view.as_of) })}
              </div>
            )}
          </Fact>
        )}
        {(refused?.answer === 'timed_out' || refused?.answer === 'declined') && refused.answered_at && (
          <Fact label={t('cases.fact.last_hand_over')}>
            {t(`cases.hand_over.${refused.answer}`, { name: refused.to.name })}{' '}
            <DateTime at={refused.answered_at} zone={view.zone} />
            {refused.answer_reason && <div className="ac-second">{refused.answer_reason}</div>}
          </Fact>
        )}
        {view.until && (
          <Fact label={t('cases.fact.until')}>
            <DateTime at={view.until} zone={view.zone} />
          </Fact>
        )}
        {view.blockers.length > 0 && (
          <Fact label={t('cases.fact.blockers')}>
            <ul className="ad-effects">
              {view.blockers.map(({ kind, key, label }) => (
                <li key={`${kind}${key}`}>
                  {hasText(`cases.blocker.${kind}`) && `${t(`cases.blocker.${kind}`)} `}
                  {may('visits.read') && (kind === 'work_order' || kind === 'invoice_duty') ? (
                    <Link to={`/work-orders/${key}`} className="ac-figure">
                      {label}
                    </Link>
                  ) : (
                    <span className="ac-figure">{label}</span>
                  )}
                </li>
              ))}
            </ul>
          </Fact>
        )}
      </FactGroup>
      {(view.parent || view.children.length > 0) && <Family view={view} onUse={onUse} />}
      <FactGroup title={t('cases.group.report')}>
        <Fact label={t('cases.fact.symptom')}>
          <span className="ad-case-symptom">{view.symptom}</span>
          {view.symptom_class && <span className="ad-tag">{both(view.symptom_name) || view.symptom_class}</span>}
        </Fact>
        {questions.some(({ code }) => view.effects[code] !== undefined) && (
          <Fact label={t('cases.fact.effects')}>
            <ul className="ad-effects">
              {questions
                .filter(({ code }) => view.effects[code] !== undefined)
                .map(({ code, question, major_if }) => (
                  <li key={code} data-major={view.effects[code] === major_if}>
                    {both(question)} <b>{t(view.effects[code] ? 'common.yes' : 'common.no')}</b>
                  </li>
                ))}
            </ul>
          </Fact>
        )}
        {view.severity_reason && <Fact label={t('cases.fact.severity_reason')}>{view.severity_reason}</Fact>}
        <Fact label={t('cases.fact.promise')}>
          <PromiseWords promise={view.promise} zone={view.zone} dated />
        </Fact>
        <Fact label={t('cases.fact.reported')}>
          <div>
            <DateTime at={view.reported_at} zone={view.zone} show_zone />
            <div className="ac-second">{`${t(`cases.channel.${view.channel}`)} · ${view.reported_by.name || t('timeline.actor.customer')}`}</div>
          </div>
        </Fact>
        {view.rework_of && (
          <Fact label={t('cases.fact.rework_of')}>
            <Link to={`/cases/${view.rework_of}`}>{t('cases.open_it')}</Link>
          </Fact>
        )}
        {view.merged_into && (
          <Fact label={t('cases.fact.merged_into')}>
            <Link to={`/cases/${view.merged_into}`}>{t('cases.open_it')}</Link>
          </Fact>
        )}
      </FactGroup>
      <CustomerSideFacts case_id={view.id} />
      <FactGroup title={t('cases.group.where')}>
        <Fact label={t('cases.fact.contact')}>
          {view.contact ? (
            <div>
              {[view.contact.name, view.contact.role].filter(Boolean).join(' · ') || '—'}{' '}
              {view.contact.phone_masked && (
                <MaskedPhone
                  masked={view.contact.phone_masked}
                  {...(may('customers.reveal') && view.contact
                    ? { onReveal: () => reveal(view.contact?.id ?? '') }
                    : {})}
                />
              )}
            </div>
          ) : (
            '—'
          )}
        </Fact>
        {view.reachable_when && <Fact label={t('cases.fact.reachable_when')}>{view.reachable_when}</Fact>}
        <Fact label={t('cases.fact.site')}>
          <div>
            {view.site_name}
            <div className="ac-second">{view.address}</div>
          </div>
        </Fact>
        <Fact label={t('cases.fact.device')}>
          {view.asset ? (
            <div>
              {both(view.asset.product)} {view.asset.model}
              <div className="ac-figure ac-second">{view.asset.serial}</div>
            </div>
          ) : (
            '—'
          )}
        </Fact>
        <Fact label={t('cases.fact.unit')}>{both(view.unit.name)}</Fact>
        {view.escalated_at && (
          <Fact label={t('cases.fact.escalated')}>
            <DateTime at={view.escalated_at} zone={view.zone} />
          </Fact>
        )}
      </FactGroup>
      {may('visits.read') && <PastVisits case_id={view.id} />}
      <FactGroup
        title={t('cases.group.coverage')}
        action={
          <button type="button" className="ac-link" onClick={onCoverage}>
            {t('cases.coverage.why')}
          </button>
        }
      >
        <Fact label={t('cases.fact.coverage')}>
          {view.coverage ? both(view.coverage.text) : t('cases.coverage.none')}
        </Fact>
      </FactGroup>
      {last && (
        <FactGroup title={t('cases.group.phone')}>
          <Fact label={t('cases.fact.supporter')}>
            {last.supporter.name} <DateTime at={last.started_at} zone={view.zone} />
          </Fact>
          {last.outcome && <Fact label={t('cases.fact.outcome')}>{t(`cases.outcome.${last.outcome}`)}</Fact>}
          {last.steps_tried.length > 0 && (
            <Fact label={t('cases.fact.steps_tried')}>
              <ol className="ad-effects">
                {last.steps_tried.map((step, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: what was tried is a fixed list
                  <li key={index}>{step}</li>
                ))}
              </ol>
            </Fact>
          )}
          {last.cause && <Fact label={t('cases.fact.cause')}>{both(last.cause)}</Fact>}
          {last.fix_plan && <Fact label={t('cases.fact.fix_plan')}>{last.fix_plan}</Fact>}
          {last.reason && <Fact label={t('cases.fact.reason')}>{last.reason}</Fact>}
          {last.needed_skill && <Fact label={t('cases.fact.skill')}>{t(`cases.skill.${last.needed_skill}`)}</Fact>}
          {last.expected_minutes != null && (
            <Fact label={t('cases.fact.minutes')}>{t('cases.minutes', { minutes: last.expected_minutes })}</Fact>
          )}
          {last.expected_parts.length > 0 && (
            <Fact label={t('cases.fact.parts')}>{last.expected_parts.join(', ')}</Fact>
          )}
        </FactGroup>
      )}
      {agreement && (
        <FactGroup title={t('cases.group.agreement')}>
          <Fact label={t('cases.fact.agreed_by')}>
            {t('cases.agreement.both', {
              customer: agreement.contact_name || '—',
              company: agreement.company_person.name,
            })}
          </Fact>
          <Fact label={t('cases.fact.agreed_at')}>
            <DateTime at={agreement.agreed_at} zone={view.zone} /> {t(`cases.how.${agreement.how}`)}
          </Fact>
          {agreement.window_start && agreement.window_end && (
            <Fact label={t('cases.fact.promised')}>
              <WindowText window={{ start: agreement.window_start, end: agreement.window_end }} zone={view.zone} />
            </Fact>
          )}
          {agreement.exception_reason && <Fact label={t('cases.fact.exception')}>{agreement.exception_reason}</Fact>}
        </FactGroup>
      )}
    </>
  );
}
