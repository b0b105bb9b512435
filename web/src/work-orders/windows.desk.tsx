/**
 * Windows that can be promised while the caller is on the phone: those the present plan keeps, the best first, each with who comes
 * and what it costs. Choosing one changes nothing by itself; whoever shows them says what it means.
 */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useT } from '../i18n/index.ts';
import { useBoth } from '../ui/both.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Query } from '../ui/states.tsx';
import { EngineerName, RoadsText, WindowText } from './parts.tsx';
import type { OfferedWindow, OfferedWindows, windowsQuery } from './requests.ts';
import './work-orders.css';

/** So many are shown before more are asked for. */
const FIRST = 4;

interface WindowsProps {
  /** What is asked for; only once the list is opened. */
  of: ReturnType<typeof windowsQuery>;
  /** What choosing a window is called. */
  verb: string;
  busy: boolean;
  /** What the customer is then told: somebody comes within it. */
  promised: (offered: OfferedWindow) => OfferedWindow['window'];
  onChoose: (offered: OfferedWindow) => void;
}

export function WindowsToPromise(props: WindowsProps) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const query = useQuery({ ...props.of, enabled: open });
  return (
    <details className="ad-by-hand ad-windows" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('workorders.windows.title')}</summary>
      {open && <Query of={query}>{(data) => <Windows {...props} data={data} />}</Query>}
    </details>
  );
}

function Windows({ data, verb, busy, promised, onChoose }: WindowsProps & { data: OfferedWindows }) {
  const t = useT();
  const both = useBoth();
  const [all, setAll] = useState(false);
  if (data.windows.length === 0) {
    return (
      <div className="ad-warn" role="status">
        <Icon name="warning" size={14} /> {t('workorders.windows.none')}{' '}
        {data.none_because.map(({ text }) => both(text)).join(' · ')}
      </div>
    );
  }
  const shown = all ? data.windows : data.windows.slice(0, FIRST);
  return (
    <>
      <p className="ac-hint">
        {t('workorders.windows.hint')} <RoadsText roads={data.roads} />
      </p>
      <ol className="ad-proposal-list" aria-label={t('workorders.windows.title')}>
        {shown.map((each, index) => (
          <li key={each.window.start} className="ad-proposal" data-on-time={each.late_s === 0}>
            <span className="ad-proposal-rank ac-figure">{index + 1}</span>
            <div className="ad-proposal-main">
              <p className="ad-proposal-who">
                <b>
                  <WindowText window={promised(each)} zone={data.zone} />
                </b>
                {each.late_s > 0 && (
                  <span className="ac-badge ac-clock-missed">
                    <Icon name="warning" size={14} /> <span>{t('workorders.windows.late')}</span>
                  </span>
                )}
              </p>
              <p className="ad-proposal-when">
                <EngineerName name={each.name} badge_number={each.badge_number} />
              </p>
              <ul className="ad-reasons">
                {each.reasons.map(({ code, text }) => (
                  <li key={code} data-code={code}>
                    {both(text)}
                  </li>
                ))}
              </ul>
            </div>
            <Button busy={busy} onClick={() => onChoose(each)}>
              {verb}
            </Button>
          </li>
        ))}
      </ol>
      {data.windows.length > FIRST && (
        <button type="button" className="ac-link" onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? t('workorders.windows.fewer') : t('workorders.windows.all', { count: data.windows.length })}
        </button>
      )}
    </>
  );
}
