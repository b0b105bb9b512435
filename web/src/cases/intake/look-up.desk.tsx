/** The one look-up box: number, site, initials, serial, label, case number. Arrows choose, Enter takes. */
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { keys } from '../../api/queries.ts';
import { type Choice, choicesOf, looksLikeNumber } from '../../calls/callers.ts';
import { lookUp } from '../../calls/requests.ts';
import { useT } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { ErrorState } from '../../ui/states.tsx';

const icons: Record<Choice['kind'], IconName> = {
  caller: 'phone',
  contact: 'person',
  device: 'wrench',
  site: 'pin',
  customer: 'customers',
  case: 'cases',
};

function usePause(text: string, pause_ms: number): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pause_ms);
    return () => clearTimeout(timer);
  }, [text, pause_ms]);
  return settled;
}

export function LookUpBox(props: {
  value: string;
  onChange: (text: string) => void;
  onChoose: (choice: Choice) => void;
  /** Nobody was found: a site is to be made in place. */
  onNew: () => void;
  /** The number is nobody's yet: it is kept, and the box is free for the site. */
  onKeepNumber: (number: string) => void;
  /** Whether a site is chosen already: then the hits fold away. */
  chosen: boolean;
}) {
  const t = useT();
  const id = useId();
  const { value, onChange, onChoose, onNew, onKeepNumber, chosen } = props;
  const wanted = usePause(value.trim(), 150);
  const [at, setAt] = useState(0);
  const [enter, setEnter] = useState(false);
  const query = useQuery({
    queryKey: keys.list('look_up', wanted),
    queryFn: () => lookUp(wanted),
    enabled: !chosen && [...wanted].length >= 2,
    staleTime: 30_000,
  });
  const current = query.data && wanted === value.trim() ? choicesOf(query.data) : undefined;
  const choices = current ?? [];
  const open = !chosen && [...value.trim()].length >= 2;

  // Enter pressed before the answer came takes the first hit as soon as it is there, if it is the only fitting one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it runs when the answer comes
  useEffect(() => {
    if (!enter || !current) return;
    setEnter(false);
    const only = current[0];
    if (only && !only.maybe) onChoose(only);
    else if (!only) nobody();
  }, [enter, current]);

  const isNumber = looksLikeNumber(value);
  const nobody = () => (isNumber ? onKeepNumber(value.trim()) : onNew());
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || !open) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && choices.length > 0) {
      event.preventDefault();
      setAt((now) => (now + step + choices.length) % choices.length);
    } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      const choice = choices[at];
      if (choice) onChoose(choice);
      else if (current) nobody();
      else setEnter(true);
    }
  };
  return (
    <div className="ad-look-up">
      <label htmlFor={`${id}-box`}>{t('intake.look_up')}</label>
      <input
        id={`${id}-box`}
        className="ac-input"
        type="text"
        role="combobox"
        autoComplete="off"
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-activedescendant={open && choices[at] ? `${id}-${at}` : undefined}
        placeholder={t('intake.look_up.hint')}
        value={value}
        maxLength={100}
        data-intake="look-up"
        onChange={(event) => {
          onChange(event.target.value);
          setAt(0);
          setEnter(false);
        }}
        onKeyDown={onKeyDown}
      />
      {open && query.error && <ErrorState error={query.error} onRetry={() => void query.refetch()} inline />}
      <div id={`${id}-list`} role="listbox" aria-label={t('intake.look_up.found')} hidden={!open} className="ad-hits">
        {open &&
          choices.map((choice, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the box above takes the keys
            <div
              key={choice.key}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              className="ad-hit"
              onClick={() => onChoose(choice)}
            >
              <Icon name={icons[choice.kind]} title={t(`intake.hit.${choice.kind}`)} />
              <span>
                <b>{choice.title}</b>
                {choice.vip && <span className="ac-badge ac-vip">{t('status.vip')}</span>}
                {choice.maybe && <span className="ad-maybe">{t('intake.maybe')}</span>}
                {choice.detail && <span className="ac-second ad-hit-detail">{choice.detail}</span>}
              </span>
            </div>
          ))}
      </div>
      {open && current && (
        <div className="ad-look-up-none">
          {choices.length === 0 && (
            <p>{t(isNumber ? 'intake.nobody_number' : 'intake.nobody', { text: value.trim() })}</p>
          )}
          {isNumber && choices.length === 0 && (
            <Button icon="phone" onClick={() => onKeepNumber(value.trim())}>
              {t('intake.keep_number')} <kbd>↵</kbd>
            </Button>
          )}
          <Button icon="plus" onClick={onNew}>
            {t('intake.new_site')}
            {choices.length === 0 && !isNumber && <kbd>↵</kbd>}
          </Button>
        </div>
      )}
    </div>
  );
}
