/** Who may be calling on a call that the telephone system told of: open cases first, then contacts with the number to choose from. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useT } from '../i18n/index.ts';
import { StatusBadge } from '../ui/badges.tsx';
import { useBoth } from '../ui/both.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { ErrorState, Loading } from '../ui/states.tsx';
import { DateTime } from '../ui/values.tsx';
import { type Choice, choicesOf } from './callers.ts';
import { callerQuery } from './requests.ts';

export function Caller(props: {
  call_id: string;
  /** Whether a site is chosen already: then the choice folds away. */
  chosen: boolean;
  /** Whether something was typed: then nothing is chosen by itself. */
  touched: boolean;
  onChoose: (choice: Choice) => void;
  onGoOn: (case_id: string) => void;
}) {
  const t = useT();
  const both = useBoth();
  const { call_id, chosen, touched, onChoose, onGoOn } = props;
  const query = useQuery(callerQuery(call_id));
  const found = query.data;
  const choices = found ? choicesOf({ callers: found.callers, cases: [], customers: [], assets: [] }) : [];

  // One contact with the number and nothing typed yet: that is who calls.
  const only = choices.length === 1 && !choices[0]?.maybe ? choices[0] : undefined;
  const taken = useRef('');
  useEffect(() => {
    if (!only?.site_id || chosen || touched || taken.current === call_id) return;
    taken.current = call_id;
    onChoose(only);
  }, [only, chosen, touched, call_id, onChoose]);

  if (query.error) return <ErrorState error={query.error} inline />;
  if (!found) return <Loading rows={2} />;
  const { call, hotline } = found.call;
  return (
    <div className="ad-caller" data-outcome={call.outcome}>
      <p className="ad-caller-line">
        <Icon name="phone" size={16} />
        <b className="ac-figure">{call.caller_masked ?? t('intake.withheld')}</b>
        <span className="ac-second">
          {hotline ? both(hotline) : call.dialled} ·{' '}
          {t(call.ended_at ? 'intake.call.over' : call.answered_at ? 'intake.call.on' : 'intake.call.rings')}{' '}
          <DateTime at={call.started_at} />
        </span>
      </p>
      {!chosen && found.open.length > 0 && (
        <div className="ad-open-on" role="alert">
          <h3>{t('intake.open_on', { count: found.open.length })}</h3>
          <ul>
            {found.open.map(({ case: { id, number, state }, site_name }) => (
              <li key={id}>
                <span className="ac-figure">{number}</span> <StatusBadge kind="case" state={state} />
                <span className="ac-second">{site_name}</span>
                <Button onClick={() => onGoOn(id)}>{t('intake.go_on')}</Button>
              </li>
            ))}
          </ul>
        </div>
      )}
      {!chosen && choices.length > 0 && (
        <fieldset className="ad-caller-choices">
          <legend>{t(choices.length > 1 ? 'intake.caller.several' : 'intake.caller.one')}</legend>
          {choices.map((choice) => (
            <button key={choice.key} type="button" className="ad-hit" onClick={() => onChoose(choice)}>
              <Icon name="person" />
              <span>
                <b>{choice.title}</b>
                {choice.vip && <span className="ac-badge ac-vip">{t('status.vip')}</span>}
                {choice.maybe && <span className="ad-maybe">{t('intake.maybe')}</span>}
                {choice.detail && <span className="ac-second ad-hit-detail">{choice.detail}</span>}
              </span>
            </button>
          ))}
        </fieldset>
      )}
      {!chosen && choices.length === 0 && call.caller_masked && (
        <p className="ac-hint">{t('intake.nobody_number', { text: call.caller_masked })}</p>
      )}
    </div>
  );
}
