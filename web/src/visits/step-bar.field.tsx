/** The one button of the next step, what must be there before it, and the steps that lead elsewhere. */
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useServerNow } from '../api/server-clock.ts';
import { useT } from '../i18n/index.ts';
import { announce } from '../ui/announce.tsx';
import { Button } from '../ui/button.tsx';
import { Choice, Field, type Form, useForm } from '../ui/form.tsx';
import { toMs } from '../ui/format.ts';
import { CheckRow } from './checklist.field.tsx';
import { type Doing, useDeed, usePresent } from './command.ts';
import type { DeviceState } from './device.field.tsx';
import { ReasonForm, Refusal, Section } from './parts.tsx';
import { readPosition } from './position.ts';
import type { RatingState } from './rating.field.tsx';
import type { Answer, Schemas, Visit } from './requests.ts';
import { partOfNeed, pauses } from './steps.ts';

type Answers = Record<string, Answer>;

/** The departure checklist (P20): kept on the phone until setting out sends it. */
export function useDeparture(visit: Visit) {
  const form = useForm<{ answers: Answers }>({
    initial: { answers: {} },
    draft_key: `visit.${visit.id}.departure`,
  });
  const items = visit.checklist.items.filter(({ section }) => section === 'departure');
  const { answers } = form.values;
  return {
    items,
    answers,
    complete: items.every(({ key }) => answers[key] !== undefined),
    set: (key: string, answer: Answer | undefined) => {
      const { [key]: _, ...others } = answers;
      form.set('answers', answer ? { ...others, [key]: answer } : others);
    },
    doing: (): Doing => {
      const sent = form.values;
      return { kept: () => form.spend(sent), back: () => form.giveBack(sent) };
    },
  };
}

export type DepartureState = ReturnType<typeof useDeparture>;

export function Departure({ visit, departure }: { visit: Visit; departure: DepartureState }) {
  const t = useT();
  return (
    <Section id="checklist" title={t('visits.check.departure')} done={departure.complete}>
      <ul className="af-checks">
        {departure.items.map((item) => (
          <CheckRow
            key={item.key}
            item={item}
            answer={departure.answers[item.key]}
            draft_key={`visit.${visit.id}.check.${item.key}`}
            editable
            onAnswer={async (answer) => {
              departure.set(item.key, answer);
              return true;
            }}
            onUntick={() => departure.set(item.key, undefined)}
          />
        ))}
      </ul>
    </Section>
  );
}

function goTo(part: string) {
  const element = document.getElementById(`part-${part}`);
  element?.scrollIntoView({ block: 'start' });
  element?.focus({ preventScroll: true });
}

const lateReasons = ['traffic', 'last_job', 'parts'] as const;

/** Sends the next step: whichever it is, the page has one button. */
function useNextStep(
  visit: Visit,
  departure: DepartureState,
  late: Form<{ reason: string }>,
  device: DeviceState,
  rating: RatingState,
) {
  const id = visit.id;
  const accept = useDeed(visit, 'accept');
  const depart = useDeed(visit, 'depart');
  const arrive = useDeed(visit, 'arrive');
  const start = useDeed(visit, 'start');
  const resume = useDeed(visit, 'resume');
  const selfCheck = useDeed(visit, 'self-check');
  const done = useDeed(visit, 'done');
  const leave = useDeed(visit, 'leave');
  const present = usePresent(visit);
  const navigate = useNavigate();
  const t = useT();
  const [locating, setLocating] = useState(false);
  const toPaper = () => navigate({ to: '/visits/$visit_id/sign', params: { visit_id: id } });

  const all = { accept, depart, arrive, start, resume, selfCheck, done, leave, present };
  const steps: Partial<Record<Schemas['VisitStep'], { run: () => Promise<unknown>; of: keyof typeof all }>> = {
    accept: { of: 'accept', run: () => accept.run(undefined) },
    depart: {
      of: 'depart',
      run: async () => {
        const answers = Object.entries(departure.answers).map(([item, answer]) => ({ item, ...answer }));
        await depart.run({ answers }, departure.doing());
      },
    },
    arrive: {
      of: 'arrive',
      run: async () => {
        if (locating) return;
        setLocating(true);
        try {
          const position = await readPosition();
          const sent = late.values;
          const late_reason = sent.reason.trim() || null;
          const by = position ? ({ method: 'gps', position } as const) : ({ method: 'manual' } as const);
          await arrive.run({ ...by, late_reason }, { kept: () => late.spend(sent), back: () => late.giveBack(sent) });
        } finally {
          setLocating(false);
        }
      },
    },
    start: {
      of: 'start',
      run: async () => {
        // Another device than ordered is asked about before anybody works on it.
        if (await device.handIn()) await start.run(undefined);
        else goTo('device');
      },
    },
    resume: { of: 'resume', run: () => resume.run(undefined) },
    self_check: { of: 'selfCheck', run: () => selfCheck.run(undefined) },
    present: {
      of: 'present',
      run: async () => {
        if (await present.run()) await toPaper();
      },
    },
    sign: { of: 'present', run: toPaper },
    done: {
      of: 'done',
      run: async () => {
        await rating.handIn();
        await done.run(undefined);
      },
    },
    leave: {
      of: 'leave',
      run: async () => {
        // The customer's data belong to the engineer only while the visit lasts: there is nothing left to show here.
        if (!(await leave.run(undefined))) return;
        announce(t('visits.visit.left'));
        await navigate({ to: '/today', replace: true });
      },
    },
  };
  const next = visit.next ? steps[visit.next.step] : undefined;
  return {
    run: next?.run,
    // A step that is kept doesn't keep the next one waiting for the network.
    busy: locating || present.busy,
    locating,
    problem: next ? all[next.of].problem : undefined,
  };
}

/** For how long the button of a new step rests, in milliseconds: the second half of a double tap is not the next step. */
const rest_ms = 400;

function useResting(step: string | undefined): boolean {
  const [rested, setRested] = useState(step);
  useEffect(() => {
    const timer = setTimeout(() => setRested(step), rest_ms);
    return () => clearTimeout(timer);
  }, [step]);
  return rested !== step;
}

export function StepBar(props: {
  visit: Visit;
  departure: DepartureState;
  device: DeviceState;
  rating: RatingState;
  refused: boolean;
}) {
  const { visit, departure, device, rating, refused } = props;
  const t = useT();
  const now = useServerNow(30_000);
  const lateForm = useForm({ initial: { reason: '' }, draft_key: `visit.${visit.id}.late` });
  const [asked, setAsked] = useState(false);
  const step = useNextStep(visit, departure, lateForm, device, rating);
  const resting = useResting(visit.next?.step);
  const next = visit.next;
  if (!next || !step.run) return null;
  // The answers about to be sent with setting out are not known to the server yet.
  const needs = next.step === 'depart' ? (departure.complete ? [] : next.needs) : next.needs;
  const missing = needs[0];
  // P8: whoever arrives after the appointment says why, before the customer and the desk are told.
  const late = next.step === 'arrive' && now > toMs(visit.appointment_end);
  const unsaid = late && !lateForm.values.reason.trim();
  const press = () => {
    setAsked(true);
    if (missing) goTo(partOfNeed[missing.code] ?? 'checklist');
    else if (unsaid) document.getElementById('late-reason')?.focus();
    else void step.run?.();
  };
  return (
    <div className="af-step-bar">
      <Refusal problem={step.problem} onRetry={() => void step.run?.()} />
      {refused && (
        <Link to="/outbox" className="af-need af-warn">
          {t('visits.offline.refused_first')}
        </Link>
      )}
      {needs.map((need) => (
        <p key={need.code} className="af-need">
          {t(`visits.need.${need.code}`)}
        </p>
      ))}
      {late && (
        <div className="ac-field">
          <label htmlFor="late-reason">{t('visits.late.why')}</label>
          <input
            id="late-reason"
            className="ac-input"
            {...lateForm.text('reason')}
            maxLength={500}
            aria-invalid={asked && unsaid}
          />
          <span className="ac-chips">
            {lateReasons.map((each) => (
              <button
                key={each}
                type="button"
                className="ac-chip"
                onClick={() => lateForm.set('reason', t(`visits.late.${each}`))}
              >
                {t(`visits.late.${each}`)}
              </button>
            ))}
          </span>
        </div>
      )}
      {step.locating && (
        <p role="status" className="af-need">
          {t('visits.visit.locating')}
        </p>
      )}
      <Button kind="step" busy={step.busy} resting={resting} onClick={press}>
        {t(`visits.step.${next.step}`)}
      </Button>
    </div>
  );
}

function PauseForm({ visit, onClose }: { visit: Visit; onClose: () => void }) {
  const t = useT();
  const command = useDeed(visit, 'pause');
  const form = useForm({
    initial: { reason: 'waiting_parts' as (typeof pauses)[number], note: '' },
    draft_key: `visit.${visit.id}.pause`,
    problem: command.problem,
  });
  const other = form.values.reason === 'other';
  return (
    <form
      className="ac-form ac-panel af-section"
      onSubmit={(event) => {
        event.preventDefault();
        const sent = form.values;
        const kept = () => {
          form.spend(sent);
          onClose();
        };
        const { reason, note } = sent;
        void command.run({ reason, note: note.trim() || null }, { kept, back: () => form.giveBack(sent) });
      }}
    >
      <Choice
        label={t('visits.pause.why')}
        value={form.values.reason}
        onChange={(reason) => form.set('reason', reason)}
        options={pauses.map((value) => ({ value, label: t(`visits.pause.${value}`) }))}
      />
      <Field label={t('visits.pause.note')} required={other} error={form.errorAt('/reason') ?? form.errorAt('/note')}>
        {(input) => <input {...input} {...form.text('note')} maxLength={500} />}
      </Field>
      {(!command.problem || command.problem.errors.length === 0) && <Refusal problem={command.problem} />}
      <div className="af-actions">
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button type="submit" kind="primary">
          {t('visits.other.pause')}
        </Button>
      </div>
    </form>
  );
}

type ReasonStep = 'decline' | 'partly-done' | 'no-access';

function ReasonStepForm({ visit, step, onClose }: { visit: Visit; step: ReasonStep; onClose: () => void }) {
  const t = useT();
  const command = useDeed(visit, step);
  const navigate = useNavigate();
  const key = step.replace('-', '_');
  return (
    <ReasonForm
      draft_key={`visit.${visit.id}.${key}`}
      label={t(`visits.other.${key}.why`)}
      hint={t(`visits.other.${key}.hint`)}
      submit={t(`visits.other.${key}`)}
      danger={step === 'decline'}
      busy={command.busy}
      problem={command.problem}
      onSend={async (reason, { kept, back }) => {
        const close = () => {
          kept?.();
          onClose();
        };
        const done = await command.run({ reason }, { kept: close, ...(back ? { back } : {}) });
        if (!done || step !== 'decline') return;
        // As after leaving: what belongs to somebody else's visit is no longer theirs to see.
        announce(t('visits.visit.declined'));
        await navigate({ to: '/today', replace: true });
      }}
      onCancel={onClose}
    />
  );
}

const others = ['pause', 'partly_done', 'no_access', 'decline'] as const;

/** The steps that lead elsewhere, as far as the server allows them now; each asks for its reason. */
export function OtherSteps({ visit }: { visit: Visit }) {
  const t = useT();
  const [chosen, setChosen] = useState<(typeof others)[number]>();
  const open = others.filter((step) => visit.steps.includes(step));
  if (open.length === 0) return null;
  const close = () => setChosen(undefined);
  if (chosen && open.includes(chosen)) {
    if (chosen === 'pause') return <PauseForm visit={visit} onClose={close} />;
    return <ReasonStepForm visit={visit} step={chosen.replace('_', '-') as ReasonStep} onClose={close} />;
  }
  return (
    <div className="af-others">
      {open.map((step) => (
        <Button key={step} onClick={() => setChosen(step)}>
          {t(`visits.other.${step}`)}
        </Button>
      ))}
    </div>
  );
}
