/** The severity that the answers to the policy's questions give, as the server works it out (P45). Pure. */
import type { Schemas } from './requests.ts';

export type EffectQuestion = Schemas['EffectQuestion'];

/** Major if one answer makes it so; the reasons are those of the questions that decided. */
export function severityOf(
  questions: readonly EffectQuestion[],
  answers: Readonly<Record<string, boolean>>,
): { severity: 'major' | 'normal'; reasons: EffectQuestion['reason'][]; answered: number } {
  const deciding = questions.filter(({ code, major_if }) => answers[code] === major_if);
  return {
    severity: deciding.length > 0 ? 'major' : 'normal',
    reasons: deciding.map(({ reason }) => reason),
    answered: questions.filter(({ code }) => answers[code] !== undefined).length,
  };
}
