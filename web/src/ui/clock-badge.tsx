/** A service clock: what is left, by which time, and whether that is working time. */
import { useServerNow } from '../api/server-clock.ts';
import { hasText, useT } from '../i18n/index.ts';
import { type ClockTone, type ClockView, readClock } from './clock.ts';
import { formatInstant, spanText } from './format.ts';
import { Icon, type IconName } from './icon.tsx';
import { useZone } from './zone.ts';

const glyphs: Record<ClockTone, IconName> = {
  running: 'clock',
  near: 'warning',
  missed: 'cross',
  paused: 'pause',
  met: 'check',
};

/** `compact` (tables) leaves out the kind and the basis, which then stand in the tooltip. */
export function ClockBadge({
  clock,
  zone,
  compact = false,
  onOpen,
}: {
  clock: ClockView;
  zone?: string;
  compact?: boolean;
  onOpen?: () => void;
}) {
  const t = useT();
  const own = useZone();
  const now = useServerNow(10_000);
  const { tone, remaining_s, standing } = readClock(clock, now);
  const time = spanText(t, remaining_s, clock.basis);
  const words = {
    running: t('status.clock.left', { time }),
    near: t('status.clock.left', { time }),
    missed: remaining_s > -60 ? t('status.clock.overdue') : t('status.clock.over', { time }),
    paused: t(compact ? 'status.clock.paused_short' : 'status.clock.paused', { time }),
    met: t('status.clock.met'),
  }[tone];
  const kindKey = `status.clock.kind.${clock.kind}`;
  const kind = hasText(kindKey) ? t(kindKey) : clock.kind;
  const basis = t(`status.clock.${clock.basis}`);
  const due = clock.due_at ? t('status.clock.due', { time: formatInstant(clock.due_at, zone ?? own, now) }) : '';
  const reason = tone === 'paused' && clock.pause_reason ? clock.pause_reason : '';
  const still = standing ? t('status.clock.standing') : '';
  const all = [kind, words, reason, still, basis, due].filter(Boolean).join(' · ');
  const content = (
    <>
      <Icon name={glyphs[tone]} size={14} />
      {!compact && <span className="ac-badge-detail">{kind}</span>}
      <span className="ac-figure">{words}</span>
      {reason && !compact && <span className="ac-badge-detail">{reason}</span>}
      {!compact && tone !== 'met' && (
        <span className="ac-badge-detail">{[basis, due].filter(Boolean).join(' · ')}</span>
      )}
    </>
  );
  const className = `ac-badge ac-clock ac-clock-${tone}`;
  return onOpen ? (
    <button type="button" className={className} onClick={onOpen} title={all}>
      {content}
    </button>
  ) : (
    <span className={className} title={all}>
      {content}
      {compact && <span className="ac-hidden">{[kind, reason, basis, due].filter(Boolean).join(', ')}</span>}
    </span>
  );
}
