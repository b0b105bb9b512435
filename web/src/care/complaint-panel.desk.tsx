/** A complaint on its case: whom it concerns, by when it is answered, what was found and said, and the one step that is next. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, call } from '../api/client.ts';
import { type CommandOptions, useCommand } from '../api/command.ts';
import { useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { announce } from '../ui/announce.tsx';
import { Button } from '../ui/button.tsx';
import { Field, useForm } from '../ui/form.tsx';
import { formatInstant } from '../ui/format.ts';
import { ErrorState, Query } from '../ui/states.tsx';
import { DateTime } from '../ui/values.tsx';
import { FormDialog } from '../ui-desk/dialog.tsx';
import { RecordPicker } from '../ui-desk/picker.tsx';
import { Fact, FactGroup } from '../ui-desk/record-page.tsx';
import { ComplaintDue } from './complaint-due.tsx';
import {
  acknowledge,
  answerComplaint,
  type ComplaintView,
  complaintQuery,
  concernPeople,
  reactToAnswer,
  touchedBy,
} from './complaint-requests.ts';

type Step = 'answer' | 'react' | 'concern';

export function ComplaintFacts({ case_id, now_ms }: { case_id: string; now_ms: number }) {
  const query = useQuery(complaintQuery(case_id));
  return <Query of={query}>{(complaint) => <Facts complaint={complaint} now_ms={now_ms} />}</Query>;
}

function Facts({ complaint, now_ms }: { complaint: ComplaintView; now_ms: number }) {
  const t = useT();
  const may = useMay();
  const { case_id, state, zone } = complaint;
  const [step, setStep] = useState<Step>();
  const take = useCommand((_: null, options: CommandOptions) => acknowledge(case_id, options), {
    ...(complaint ? { ifMatch: `"${complaint.version}"` } : {}),
    touches: touchedBy(case_id),
  });
  const acts = may('care.complaints') && state !== 'closed';
  const answers = acts && complaint.may_answer;
  const close = () => setStep(undefined);
  const foot = (
    <>
      {acts && !complaint.may_answer && <p className="ac-second">{t('care.complaint.own_line')}</p>}
      {answers && (
        <div className="ad-row">
          {state === 'received' && (
            <Button
              kind="primary"
              icon="check"
              busy={take.busy}
              onClick={async () => {
                if (await take.run(null)) announce(t('care.complaint.acknowledged'));
              }}
            >
              {t('care.complaint.acknowledge')}
            </Button>
          )}
          {state === 'acknowledged' && (
            <Button kind="primary" icon="message" onClick={() => setStep('answer')}>
              {t('care.complaint.do_answer')}
            </Button>
          )}
          {state === 'answered' && (
            <Button kind="primary" icon="check" onClick={() => setStep('react')}>
              {t('care.complaint.react')}
            </Button>
          )}
        </div>
      )}
      {take.problem && <ErrorState error={take.problem} inline />}
      {step === 'answer' && <AnswerDialog complaint={complaint} onClose={close} />}
      {step === 'react' && <ReactDialog complaint={complaint} now_ms={now_ms} onClose={close} />}
      {step === 'concern' && <ConcernDialog complaint={complaint} onClose={close} />}
    </>
  );
  return (
    <FactGroup title={t('care.complaint.title')} foot={foot}>
      <Fact label={t('care.complaint.state')}>
        {t(`care.complaint.state.${state}`)}
        {complaint.rounds > 0 && (
          <span className="ac-second"> · {t('care.complaint.rounds', { count: complaint.rounds + 1 })}</span>
        )}
      </Fact>
      {complaint.due_at && (
        <Fact label={t('care.complaint.due')}>
          <ComplaintDue row={complaint} />
        </Fact>
      )}
      {complaint.about_case_id && (
        <Fact label={t('care.complaint.about')}>
          <Link to={`/cases/${complaint.about_case_id}`} className="ac-figure">
            {complaint.about_number}
          </Link>
        </Fact>
      )}
      <Fact label={t('care.complaint.concerned')}>
        {complaint.concerned.map(({ name }) => name).join(', ') || t('care.complaint.concerned.none')}
        {answers && (
          <>
            {' '}
            <button type="button" className="ac-link" onClick={() => setStep('concern')}>
              {t('care.complaint.concern')}
            </button>
          </>
        )}
      </Fact>
      {complaint.acknowledged_at && (
        <Fact label={t('care.complaint.acknowledged_by')}>
          {complaint.acknowledged_by || '—'} <DateTime at={complaint.acknowledged_at} zone={zone} />
        </Fact>
      )}
      {complaint.finding && (
        <Fact label={t('care.complaint.finding')}>{t(`care.complaint.finding.${complaint.finding}`)}</Fact>
      )}
      {complaint.cause && <Fact label={t('care.complaint.cause')}>{complaint.cause}</Fact>}
      {complaint.remedy && <Fact label={t('care.complaint.remedy')}>{complaint.remedy}</Fact>}
      {complaint.answer && (
        <Fact label={t('care.complaint.answer')}>
          {complaint.answer}
          {complaint.answered_at && (
            <div className="ac-second">
              {complaint.answered_by} <DateTime at={complaint.answered_at} zone={zone} />
            </div>
          )}
        </Fact>
      )}
      {complaint.reaction && (
        <Fact label={t('care.complaint.reaction')}>
          {t(`care.complaint.reaction.${complaint.reaction}`)}
          {complaint.reaction_words && <div>{complaint.reaction_words}</div>}
        </Fact>
      )}
    </FactGroup>
  );
}

const findings = ['founded', 'partly', 'unfounded'] as const;

function AnswerDialog({ complaint, onClose }: { complaint: ComplaintView; onClose: () => void }) {
  const t = useT();
  const id = complaint.case_id;
  // What the dialog was opened on, not what came in meanwhile.
  const [seen] = useState(complaint.version);
  const command = useCommand(
    (body: Parameters<typeof answerComplaint>[1], options: CommandOptions) => answerComplaint(id, body, options),
    { touches: touchedBy(id), ifMatch: `"${seen}"` },
  );
  const form = useForm({
    initial: {
      finding: (complaint.finding ?? '') as '' | (typeof findings)[number],
      cause: complaint.cause ?? '',
      remedy: complaint.remedy ?? '',
      answer: '',
    },
    draft_key: `complaint.${id}.answer`,
    problem: command.problem,
  });
  const { values } = form;
  const save = async () => {
    const { finding } = values;
    const faults = (['finding', 'cause', 'remedy', 'answer'] as const)
      .filter((name) => !values[name].trim())
      .map((name) => ({ pointer: `/${name}`, code: 'missing', detail: t('care.complaint.missing') }));
    form.setErrors(faults);
    if (faults.length > 0 || finding === '') return;
    if (!(await command.run({ finding, cause: values.cause, remedy: values.remedy, answer: values.answer }))) return;
    form.reset();
    announce(t('care.complaint.answered'));
    onClose();
  };
  return (
    <FormDialog
      title={t('care.complaint.do_answer')}
      verb={t('care.complaint.do_answer')}
      form={form}
      busy={command.busy}
      problem={command.problem}
      onSave={() => void save()}
      onClose={onClose}
      width={640}
    >
      <p>{complaint.words}</p>
      <Field label={t('care.complaint.finding')} required error={form.errorAt('/finding')}>
        {(input) => (
          <select
            {...input}
            value={values.finding}
            onChange={(event) => form.set('finding', event.target.value as typeof values.finding)}
          >
            <option value="">{t('common.choose')}</option>
            {findings.map((finding) => (
              <option key={finding} value={finding}>
                {t(`care.complaint.finding.${finding}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('care.complaint.cause')} required error={form.errorAt('/cause')}>
        {(input) => <textarea {...input} {...form.text('cause')} maxLength={1000} />}
      </Field>
      <Field label={t('care.complaint.remedy')} required error={form.errorAt('/remedy')}>
        {(input) => <textarea {...input} {...form.text('remedy')} maxLength={1000} />}
      </Field>
      <Field
        label={t('care.complaint.answer')}
        hint={t('care.complaint.answer.hint')}
        required
        error={form.errorAt('/answer')}
      >
        {(input) => <textarea {...input} {...form.text('answer')} maxLength={1000} />}
      </Field>
    </FormDialog>
  );
}

const reactions = ['content', 'not_content', 'no_answer'] as const;

function ReactDialog(props: { complaint: ComplaintView; now_ms: number; onClose: () => void }) {
  const t = useT();
  const { complaint, now_ms, onClose } = props;
  const id = complaint.case_id;
  // What the dialog was opened on, not what came in meanwhile.
  const [seen] = useState(complaint.version);
  const command = useCommand(
    (body: Parameters<typeof reactToAnswer>[1], options: CommandOptions) => reactToAnswer(id, body, options),
    { touches: touchedBy(id), ifMatch: `"${seen}"` },
  );
  const form = useForm({
    initial: { reaction: '' as '' | (typeof reactions)[number], words: '' },
    problem: command.problem,
  });
  const { values } = form;
  const silent_at = complaint.unanswered_closes_at;
  const early = silent_at ? Date.parse(silent_at) > now_ms : true;
  const save = async () => {
    const { reaction } = values;
    const words = values.words.trim();
    const faults = [
      ...(reaction === '' ? [{ pointer: '/reaction', code: 'missing', detail: t('care.complaint.missing') }] : []),
      ...(reaction === 'not_content' && !words
        ? [{ pointer: '/words', code: 'missing', detail: t('care.complaint.missing') }]
        : []),
    ];
    form.setErrors(faults);
    if (faults.length > 0 || reaction === '') return;
    if (!(await command.run({ reaction, ...(words ? { words } : {}) }))) return;
    announce(t('care.complaint.reacted'));
    onClose();
  };
  return (
    <FormDialog
      title={t('care.complaint.react')}
      verb={t('common.save')}
      form={form}
      busy={command.busy}
      problem={command.problem}
      onSave={() => void save()}
      onClose={onClose}
    >
      <p>{complaint.answer}</p>
      <Field
        label={t('care.complaint.reaction')}
        required
        error={form.errorAt('/reaction')}
        {...(early && silent_at
          ? { hint: t('care.complaint.silence', { at: formatInstant(silent_at, complaint.zone, now_ms) }) }
          : {})}
      >
        {(input) => (
          <select
            {...input}
            value={values.reaction}
            onChange={(event) => form.set('reaction', event.target.value as typeof values.reaction)}
          >
            <option value="">{t('common.choose')}</option>
            {reactions.map((reaction) => (
              <option key={reaction} value={reaction} disabled={reaction === 'no_answer' && early}>
                {t(`care.complaint.reaction.${reaction}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field
        label={t('care.complaint.reaction_words')}
        required={values.reaction === 'not_content'}
        error={form.errorAt('/words')}
      >
        {(input) => <textarea {...input} {...form.text('words')} maxLength={1000} />}
      </Field>
    </FormDialog>
  );
}

function ConcernDialog({ complaint, onClose }: { complaint: ComplaintView; onClose: () => void }) {
  const t = useT();
  const id = complaint.case_id;
  // What the dialog was opened on, not what came in meanwhile.
  const [seen] = useState(complaint.version);
  const command = useCommand(
    (employee_id: string, options: CommandOptions) => concernPeople(id, { employee_ids: [employee_id] }, options),
    { touches: touchedBy(id), ifMatch: `"${seen}"` },
  );
  const form = useForm({
    initial: { who: null as { id: string; label: string } | null },
    problem: command.problem,
  });
  const { who } = form.values;
  const save = async () => {
    if (!who) {
      form.setErrors([{ pointer: '/employee_ids', code: 'missing', detail: t('care.complaint.concern.missing') }]);
      return;
    }
    if (!(await command.run(who.id))) return;
    announce(t('care.complaint.concern.done'));
    onClose();
  };
  return (
    <FormDialog
      title={t('care.complaint.concern')}
      verb={t('common.save')}
      form={form}
      busy={command.busy}
      problem={command.problem}
      onSave={() => void save()}
      onClose={onClose}
    >
      <p>{t('care.complaint.concern.hint')}</p>
      <Field label={t('care.complaint.concern.who')} required error={form.errorAt('/employee_ids')}>
        {(input) => (
          <RecordPicker
            input={input}
            kind="employee"
            value={who ?? undefined}
            onPick={(pick) => form.set('who', pick ? { id: pick.id, label: pick.label } : null)}
            find={async (text) => {
              const query = { limit: 20, ...(text ? { q: text } : {}) };
              const { items } = await call(api.GET('/api/employees', { params: { query } }));
              return items.map(({ id: of, name, badge_number }) => ({ id: of, label: name, detail: badge_number }));
            }}
          />
        )}
      </Field>
    </FormDialog>
  );
}
