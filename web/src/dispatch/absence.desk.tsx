/** Leave, recorded and taken back: each is asked about once more, with what it means for the visits said before. */
import { type ReactNode, useState } from 'react';
import { useCommand } from '../api/command.ts';
import type { Problem } from '../api/problem.ts';
import { useT } from '../i18n/index.ts';
import { announce } from '../ui/announce.tsx';
import { Button } from '../ui/button.tsx';
import type { IconName } from '../ui/icon.tsx';
import { ErrorState } from '../ui/states.tsx';
import { WindowText } from '../work-orders/parts.tsx';
import { type AbsenceSpan, takeBack } from './requests.ts';

/** A button that says first what it will do, and does it with a second click. */
export function AskFirst(props: {
  icon: IconName;
  label: string;
  /** What the second click is called. */
  verb: string;
  busy: boolean;
  problem: Problem | undefined;
  /** Whether it was done: then there is nothing more to ask. */
  onDo: () => Promise<boolean>;
  /** What will happen. */
  children: ReactNode;
}) {
  const t = useT();
  const { icon, label, verb, busy, problem, onDo, children } = props;
  const [asking, setAsking] = useState(false);
  return (
    <div className="ad-off">
      <Button icon={icon} pressed={asking} onClick={() => setAsking(!asking)}>
        {label}
      </Button>
      {asking && (
        <>
          {children}
          {problem && <ErrorState error={problem} inline />}
          <div className="ad-steps">
            <Button kind="primary" busy={busy} onClick={() => void onDo().then((done) => done && setAsking(false))}>
              {verb}
            </Button>
            <Button onClick={() => setAsking(false)}>{t('common.cancel')}</Button>
          </div>
        </>
      )}
    </div>
  );
}

/** Somebody is there after all. What others took over meanwhile stays theirs. */
export function TakeBack(props: {
  engineer: { id: string; name: string };
  spans: readonly AbsenceSpan[];
  zone: string;
  onDone: () => void;
}) {
  const t = useT();
  const { engineer, spans, zone, onDone } = props;
  const command = useCommand((what: readonly AbsenceSpan[], options) => takeBack(engineer.id, what, options), {
    touches: [['case', 'list'], ['plan']],
  });
  const back = async () => {
    if (!(await command.run(spans))) return false;
    announce(t('dispatch.back.done', { name: engineer.name }));
    onDone();
    return true;
  };
  return (
    <AskFirst
      icon="again"
      label={t('dispatch.back')}
      verb={t('dispatch.back.do')}
      busy={command.busy}
      problem={command.problem}
      onDo={back}
    >
      <p>
        {t('dispatch.back.will', { name: engineer.name })}{' '}
        {spans.map(({ from, until }) => (
          <b key={from}>
            <WindowText window={{ start: from, end: until }} zone={zone} />{' '}
          </b>
        ))}
      </p>
      <p className="ac-second">{t('dispatch.back.stays')}</p>
    </AskFirst>
  );
}
