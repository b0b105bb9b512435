/** Badges: glyph, word and colour together, so that none of them has to be seen alone (WCAG 1.4.1). */
import { hasText, useT } from '../i18n/index.ts';
import { Icon } from './icon.tsx';
import { type StatusKind, statusLook } from './status.ts';

/** The state of a case, work order or visit. */
export function StatusBadge({ kind, state }: { kind: StatusKind; state: string }) {
  const t = useT();
  const { tone, glyph } = statusLook(kind, state);
  const key = `status.${kind}.${state}`;
  return (
    <span className={`ac-badge ac-tone-${tone}`} data-state={state}>
      <Icon name={glyph} size={14} />
      <span>{hasText(key) ? t(key) : state}</span>
    </span>
  );
}

/** Severity `major` or `normal`; a VIP's gold outline adds to it and never replaces it. */
export function SeverityBadge({ severity, vip = false }: { severity: 'major' | 'normal'; vip?: boolean }) {
  const t = useT();
  return (
    <span className={`ac-badge ac-severity-${severity}${vip ? ' ac-vip' : ''}`} data-severity={severity}>
      {severity === 'major' && (
        <b className="ac-severity-glyph" aria-hidden="true">
          {t('status.severity.major_glyph')}
        </b>
      )}
      <span>{t(`status.severity.${severity}`)}</span>
      {vip && <span className="ac-vip-word">{t('status.vip')}</span>}
    </span>
  );
}

/** Verdict of a coverage decision. */
export type CoverageVerdict = 'covered' | 'chargeable' | 'undecided';

/**
 * Whether the charge is covered, with the date it rests on: `date` is the last covered day (`covered`) or the day cover
 * ended (`chargeable`), as 2027-03-01; `basis` is a word of the catalogue such as `warranty` or `agreement`; `missing`
 * says what has to be known first. With `onOpen` the badge opens the reasons.
 */
export function CoverageBadge(props: {
  verdict: CoverageVerdict;
  date?: string | null;
  basis?: string;
  missing?: string;
  onOpen?: () => void;
}) {
  const t = useT();
  const { verdict, date, basis, missing, onOpen } = props;
  const glyph = { covered: 'shield', chargeable: 'money', undecided: 'question' } as const;
  const basisKey = basis ? `status.coverage.basis.${basis}` : undefined;
  const detail = [
    basisKey && (hasText(basisKey) ? t(basisKey) : basis),
    date && (verdict === 'covered' ? t('status.coverage.until', { date }) : t('status.coverage.ended', { date })),
    missing && t('status.coverage.missing', { what: missing }),
  ].filter(Boolean);
  const content = (
    <>
      <Icon name={glyph[verdict]} size={14} />
      <span>{t(`status.coverage.${verdict}`)}</span>
      {detail.length > 0 && <span className="ac-badge-detail">{detail.join(' · ')}</span>}
    </>
  );
  const className = `ac-badge ac-coverage-${verdict}`;
  if (!onOpen) return <span className={className}>{content}</span>;
  return (
    <button type="button" className={className} onClick={onOpen} title={t('status.coverage.why')}>
      {content}
    </button>
  );
}

/** Whether the hotline is inside its service hours, and when that changes. `changes` is already written as a time. */
export function ServiceHoursBadge({ open, changes }: { open: boolean; changes?: string }) {
  const t = useT();
  return (
    <span className={`ac-badge ac-hours-${open ? 'open' : 'closed'}`}>
      <Icon name="clock" size={14} />
      <span>{t(open ? 'status.hours.open' : 'status.hours.closed')}</span>
      {changes && (
        <span className="ac-badge-detail">
          {t(open ? 'status.hours.until' : 'status.hours.from', { time: changes })}
        </span>
      )}
    </span>
  );
}
