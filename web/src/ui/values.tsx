/** Values as people read them: money, times, phone numbers. */
import { useEffect, useState } from 'react';
import { toProblem } from '../api/problem.ts';
import { useServerNow } from '../api/server-clock.ts';
import { useLanguage, useT } from '../i18n/index.ts';
import { formatInstant, formatMoney, type Instant, toMs, zoneName } from './format.ts';
import { Icon } from './icon.tsx';
import { useZone } from './zone.ts';

/** An amount in minor units (fen), with tabular figures: 123450 → ¥1,234.50. */
export function Money({ amount_minor, currency = 'CNY' }: { amount_minor: number; currency?: string }) {
  return <span className="ac-figure ac-money">{formatMoney(amount_minor, currency, useLanguage())}</span>;
}

/**
 * An instant: 14:05 today, else 2026-11-22 14:05, in the person's zone or `zone`. `show_zone` writes the zone's name, for
 * places where two could be meant; `seconds` is for records of what happened when. `device_at` is added when it differs by more than 2 minutes (offline work).
 */
export function DateTime(props: {
  at: Instant | null | undefined;
  zone?: string | undefined;
  show_zone?: boolean;
  full?: boolean;
  seconds?: boolean;
  device_at?: Instant | null;
}) {
  const t = useT();
  const language = useLanguage();
  const own = useZone();
  const now = useServerNow(60_000);
  const { at, show_zone = false, full = false, seconds = false, device_at } = props;
  if (at === null || at === undefined || Number.isNaN(toMs(at))) return <span className="ac-second">—</span>;
  const zone = props.zone ?? own;
  const shown = formatInstant(at, zone, now, full, seconds);
  const exact = `${formatInstant(at, zone, now, true, seconds)} ${zone}`;
  const differs = device_at && Math.abs(toMs(device_at) - toMs(at)) > 120_000;
  return (
    <time className="ac-figure" dateTime={new Date(toMs(at)).toISOString()} title={exact}>
      {shown}
      {show_zone && <span className="ac-second"> {zoneName(at, zone, language)}</span>}
      {differs && (
        <span className="ac-second"> {t('common.device_time', { time: formatInstant(device_at, zone, now) })}</span>
      )}
    </time>
  );
}

/**
 * A phone number as the server masked it. `onReveal` asks the server for the whole number (which is recorded there); it
 * is shown as a link to dial and hidden again after 60 seconds.
 */
export function MaskedPhone({ masked, onReveal }: { masked: string; onReveal?: () => Promise<string> }) {
  const t = useT();
  const [number, setNumber] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    if (number === undefined) return;
    const timer = setTimeout(() => setNumber(undefined), 60_000);
    return () => clearTimeout(timer);
  }, [number]);

  const reveal = async () => {
    if (!onReveal || busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      setNumber(await onReveal());
    } catch (error) {
      setProblem(toProblem(error).title);
    } finally {
      setBusy(false);
    }
  };

  return (
    <span className="ac-phone">
      {number ? (
        <a className="ac-figure" href={`tel:${number}`}>
          {number}
        </a>
      ) : (
        <span className="ac-figure">{masked}</span>
      )}
      {onReveal && !number && (
        <button type="button" className="ac-link" onClick={reveal} disabled={busy} title={t('common.phone.reveal_why')}>
          <Icon name="eye" size={14} /> {t('common.phone.reveal')}
        </button>
      )}
      {problem && (
        <span role="alert" className="ac-field-error">
          {problem}
        </span>
      )}
    </span>
  );
}
