/** Steps of a checklist: a tick, or another result with its reason (P20, P24, P73). The server's refusal stands at the step. */
import { useState } from 'react';
import type { Problem } from '../api/problem.ts';
import { useT } from '../i18n/index.ts';
import { useBoth } from '../ui/both.ts';
import { Button } from '../ui/button.tsx';
import { writeDraft } from '../ui/draft.ts';
import { Choice, Field, useForm } from '../ui/form.tsx';
import { Icon } from '../ui/icon.tsx';
import { type Doing, useDeed } from './command.ts';
import { NotSent, Refusal } from './parts.tsx';
import type { Answer, ChecklistItem, Visit } from './requests.ts';

const results = ['done', 'failed', 'skipped'] as const;
type Result = (typeof results)[number];

/** The words beside a result. */
export const noteOf = (answer: Answer | undefined): string =>
  !answer ? '' : answer.result === 'skipped' ? answer.reason : (answer.note ?? '');

/** An answer from a result and its words. */
export function answerFrom(result: Result, note: string): Answer {
  const words = note.trim();
  if (result === 'done') return { result, note: words || null };
  return result === 'failed' ? { result, note: words } : { result, reason: words };
}

function Other(props: {
  item: ChecklistItem;
  answer: Answer | undefined;
  draft_key: string;
  problem: Problem | undefined;
  onAnswer: (answer: Answer, doing: Doing) => Promise<boolean>;
  onClose: () => void;
  /** Opens it again with what was refused. */
  onBack: (sent: { result: Result; note: string }) => boolean;
}) {
  const t = useT();
  const { item, answer, draft_key, problem, onAnswer, onClose, onBack } = props;
  const form = useForm({
    initial: { result: (answer?.result ?? 'failed') as Result, note: noteOf(answer) },
    draft_key,
    problem,
  });
  const needs = form.values.result !== 'done';
  return (
    <form
      className="ac-form af-other"
      onSubmit={(event) => {
        event.preventDefault();
        const sent = form.values;
        // It closes with the answer on screen; refused, it stands open again with what was typed.
        const kept = () => {
          form.spend(sent);
          onClose();
        };
        void onAnswer(answerFrom(sent.result, sent.note), { kept, back: () => onBack(sent) });
      }}
    >
      <Choice
        label={t('visits.check.result')}
        value={form.values.result}
        onChange={(result) => form.set('result', result)}
        options={results.map((value) => ({
          value,
          label: t(`visits.result.${value}`),
          ...(value === 'skipped' && item.safety ? { hint: t('visits.check.safety_not_skipped') } : {}),
        }))}
      />
      <Field
        label={t(needs ? 'visits.check.reason' : 'visits.check.note')}
        required={needs}
        error={form.errorAt('/reason') ?? form.errorAt('/note')}
      >
        {(input) => <input {...input} {...form.text('note')} maxLength={500} />}
      </Field>
      <div className="af-actions">
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button type="submit" kind="primary">
          {t('common.save')}
        </Button>
      </div>
    </form>
  );
}

/** One step. `onAnswer` tells whether it was taken. */
export function CheckRow(props: {
  item: ChecklistItem;
  answer: Answer | undefined;
  draft_key: string;
  editable: boolean;
  busy?: boolean;
  problem?: Problem | undefined;
  onAnswer: (answer: Answer, doing?: Doing) => Promise<boolean>;
  /** Takes the tick off again, where it is not sent yet. */
  onUntick?: () => void;
}) {
  const t = useT();
  const both = useBoth();
  const { item, answer, draft_key, editable, busy = false, problem, onAnswer, onUntick } = props;
  const [other, setOther] = useState(false);
  const done = answer?.result === 'done';
  return (
    <li className="af-check" data-result={answer?.result ?? 'open'}>
      <div className="af-check-row">
        <label className="af-tick">
          <input
            type="checkbox"
            checked={done}
            disabled={!editable}
            aria-busy={busy}
            onChange={() => {
              // An answer that was sent stays until another result is chosen beside it.
              if (done) onUntick?.();
              else if (!busy) void onAnswer({ result: 'done', note: null });
            }}
          />
          <span>
            {item.safety && (
              <b className="af-safety">
                <Icon name="shield" size={14} /> {t('visits.check.safety')}{' '}
              </b>
            )}
            {both(item.text)}
            {answer && !done && (
              <span className="af-check-result">
                {t(`visits.result.${answer.result}`)}: {noteOf(answer)}
              </span>
            )}
            {done && noteOf(answer) && <span className="ac-second"> {noteOf(answer)}</span>}
            {answer && <NotSent of={answer} short />}
          </span>
        </label>
        {editable && (
          <button
            type="button"
            className="ac-link af-more"
            aria-expanded={other}
            aria-label={t('visits.check.other', { item: both(item.text) })}
            onClick={() => setOther(!other)}
          >
            <Icon name="more" size={20} />
          </button>
        )}
      </div>
      <Refusal problem={problem} />
      {other && (
        <Other
          item={item}
          answer={answer}
          draft_key={draft_key}
          problem={problem}
          onAnswer={onAnswer}
          onClose={() => setOther(false)}
          onBack={(sent) => {
            writeDraft(draft_key, sent);
            setOther(true);
            return true;
          }}
        />
      )}
    </li>
  );
}

function SentRow({ visit, item, editable }: { visit: Visit; item: ChecklistItem; editable: boolean }) {
  const command = useDeed(visit, 'answer');
  return (
    <CheckRow
      item={item}
      answer={visit.answers.findLast((answered) => answered.item === item.key)}
      draft_key={`visit.${visit.id}.check.${item.key}`}
      editable={editable}
      busy={command.busy}
      problem={command.problem}
      onAnswer={(answer, doing) => command.run({ item: item.key, ...answer }, doing)}
    />
  );
}

/** The steps of a section, each sent when it is answered. */
export function Checks(props: { visit: Visit; section: ChecklistItem['section']; editable: boolean }) {
  const { visit, section, editable } = props;
  return (
    <ul className="af-checks">
      {visit.checklist.items
        .filter((item) => item.section === section)
        .map((item) => (
          <SentRow key={item.key} visit={visit} item={item} editable={editable} />
        ))}
    </ul>
  );
}

/** How many steps of a section have an answer. */
export function answered(visit: Visit, section: ChecklistItem['section']): { done: number; all: number } {
  const keys = new Set(visit.answers.map(({ item }) => item));
  const items = visit.checklist.items.filter((item) => item.section === section);
  return { done: items.filter(({ key }) => keys.has(key)).length, all: items.length };
}
