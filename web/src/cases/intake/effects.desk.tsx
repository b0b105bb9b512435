/** The policy's questions about the effect on use: Y or 1 says yes, N or 2 says no, and the focus goes on by itself. */
import { type KeyboardEvent, useRef } from 'react';
import { useT } from '../../i18n/index.ts';
import { useBoth } from '../../ui/both.ts';
import type { EffectQuestion } from '../severity.ts';

export function EffectQuestions(props: {
  questions: readonly EffectQuestion[];
  answers: Readonly<Record<string, boolean>>;
  onAnswer: (code: string, said: boolean) => void;
}) {
  const t = useT();
  const both = useBoth();
  const { questions, answers, onAnswer } = props;
  const box = useRef<HTMLDivElement>(null);

  const onKeyDown = (event: KeyboardEvent, index: number, code: string) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.nativeEvent.isComposing) return;
    const said = { y: true, '1': true, n: false, '2': false }[event.key.toLowerCase()];
    if (said === undefined) return;
    event.preventDefault();
    onAnswer(code, said);
    const next = box.current?.querySelectorAll('fieldset')[index + 1];
    if (next) (next.querySelector<HTMLElement>('input:checked') ?? next.querySelector<HTMLElement>('input'))?.focus();
    else box.current?.closest('form')?.querySelector<HTMLElement>('button[type="submit"]')?.focus();
  };
  if (questions.length === 0) return null;
  return (
    <div ref={box} className="ad-questions">
      <p className="ac-hint">{t('intake.questions.keys')}</p>
      {questions.map(({ code, question, major_if }, index) => (
        <fieldset key={code} onKeyDown={(event) => onKeyDown(event, index, code)} data-question={code}>
          <legend>{both(question)}</legend>
          {([true, false] as const).map((said) => (
            <label key={String(said)} data-chosen={answers[code] === said} data-grave={said === major_if}>
              <input
                type="radio"
                name={`effect-${code}`}
                checked={answers[code] === said}
                onChange={() => onAnswer(code, said)}
              />
              {t(said ? 'common.yes' : 'common.no')}
            </label>
          ))}
        </fieldset>
      ))}
    </div>
  );
}
