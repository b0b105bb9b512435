/** Papers as PDF: fetched first, so that a refusal is told on the page, then saved under their own name. */
import { useState } from 'react';
import { type Problem, toProblem } from '../api/problem.ts';
import { useT } from '../i18n/index.ts';
import { Button } from './button.tsx';
import { ErrorState } from './states.tsx';

/** The company's own template where it has one, or the built-in one by name. */
export type PaperTemplate = 'in_force' | 'built_in';

/** Saves a PDF as `name`.pdf. */
export function savePdf(pdf: Blob, name: string): void {
  const made = URL.createObjectURL(pdf);
  const link = document.createElement('a');
  link.href = made;
  link.download = `${name}.pdf`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(made), 60_000);
}

/** What to do about a paper that was refused: why, and the built-in template if the company's own is broken. */
export function PaperProblem({ problem, onBuiltIn }: { problem: Problem; onBuiltIn: () => void }) {
  const t = useT();
  return (
    <div className="ac-paper-problem">
      <ErrorState error={problem} inline />
      {problem.code === 'template_broken' && <Button onClick={onBuiltIn}>{t('common.pdf.built_in')}</Button>}
    </div>
  );
}

/** Makes a paper and saves it. */
export function PdfButton(props: { load: (template: PaperTemplate) => Promise<Blob>; name: string }) {
  const t = useT();
  const { load, name } = props;
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const make = async (template: PaperTemplate) => {
    setBusy(true);
    setProblem(undefined);
    try {
      savePdf(await load(template), name);
    } catch (error) {
      setProblem(toProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button busy={busy} onClick={() => void make('in_force')}>
        {t('common.pdf.save')}
      </Button>
      {problem && <PaperProblem problem={problem} onBuiltIn={() => void make('built_in')} />}
    </>
  );
}
