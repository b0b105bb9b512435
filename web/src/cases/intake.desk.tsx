/**
 * Intake: who calls at the left, the form in the middle, what is known of the site at the right. The whole of it works by
 * keyboard: Enter takes the first hit, arrows choose the device, Y and N answer, Ctrl-Enter saves, Enter takes the next call.
 */
import { useState } from 'react';
import { newCommandId } from '../api/client.ts';
import { useT } from '../i18n/index.ts';
import { clearDraft } from '../ui/draft.ts';
import { useTitle } from '../ui-desk/title.ts';
import { draftKey, IntakeForm } from './intake/form.desk.tsx';
import { IntakeSaved, type SavedReport } from './intake/saved.desk.tsx';
import './cases.css';

export default function IntakeScreen() {
  const t = useT();
  useTitle(t('intake.title'));
  const [round, setRound] = useState(() => newCommandId());
  const [saved, setSaved] = useState<SavedReport>();
  if (saved) {
    return (
      <IntakeSaved
        saved={saved}
        onNext={() => {
          clearDraft(draftKey);
          setSaved(undefined);
          setRound(newCommandId());
        }}
      />
    );
  }
  return <IntakeForm key={round} round={round} onSaved={setSaved} />;
}
