/** Leave that is taken back: somebody is there after all. What others took over meanwhile stays theirs, and that is said before. */
import { useState } from 'react';
import { useCommand } from '../api/command.ts';
import { useT } from '../i18n/index.ts';
import { announce } from '../ui/announce.tsx';
import { Button } from '../ui/button.tsx';
import { ErrorState } from '../ui/states.tsx';
import { WindowText } from '../work-orders/parts.tsx';
import { type AbsenceSpan, takeBack } from './requests.ts';

export function TakeBack(props: {
  engineer: { id: string; name: string };
  spans: readonly AbsenceSpan[];
  zone: string;
  onDone: () => void;
}) {
  const t = useT();
  const { engineer, spans, zone, onDone } = props;
  const [asking, setAsking] = useState(false);
  const command = useCommand((what: readonly AbsenceSpan[], options) => takeBack(engineer.id, what, options), {
    touches: [['case', 'list'], ['plan']],
  });
  const back = async () => {
    if (!(await command.run(spans))) return;
    announce(t('dispatch.back.done', { name: engineer.name }));
    setAsking(false);
    onDone();
  };
  return (
    <div className="ad-off">
      <Button icon="again" pressed={asking} onClick={() => setAsking(!asking)}>
        {t('dispatch.back')}
      </Button>
      {asking && (
        <>
          <p>
            {t('dispatch.back.will', { name: engineer.name })}{' '}
            {spans.map(({ from, until }) => (
              <b key={from}>
                <WindowText window={{ start: from, end: until }} zone={zone} />{' '}
              </b>
            ))}
          </p>
          <p className="ac-second">{t('dispatch.back.stays')}</p>
          {command.problem && <ErrorState error={command.problem} inline />}
          <div className="ad-steps">
            <Button kind="primary" busy={command.busy} onClick={() => void back()}>
              {t('dispatch.back.do')}
            </Button>
            <Button onClick={() => setAsking(false)}>{t('common.cancel')}</Button>
          </div>
        </>
      )}
    </div>
  );
}
