/** Small parts that several screens of work orders share: skills, windows, people. */
import { useServerNow } from '../api/server-clock.ts';
import { hasText, useT } from '../i18n/index.ts';
import { formatInstant, toMs } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { useZone } from '../ui/zone.ts';
import { fileUrl, type Schemas } from './requests.ts';
import { formatWindow, promisedSpan, type Span } from './words.ts';

/** `const skill = useSkillName(); skill('barrier')`; an em dash for none. */
export function useSkillName(): (code: string | null | undefined) => string {
  const t = useT();
  return (code) => (code ? (hasText(`organisation.skill.${code}`) ? t(`organisation.skill.${code}`) : code) : '—');
}

/** A window of time in the site's zone. */
export function WindowText({ window, zone }: { window: Span; zone?: string }) {
  const own = useZone();
  const now = useServerNow(60_000);
  return <span className="ac-figure">{formatWindow(window, zone ?? own, now)}</span>;
}

/** What the customer was promised (P8), where that is another window than the visit's. */
export function PromisedText({ visit, zone }: { visit: { window: Span; appointment_end: string }; zone: string }) {
  const t = useT();
  const now = useServerNow(60_000);
  const span = promisedSpan(visit);
  if (span && toMs(span.end) === toMs(visit.window.end)) return null;
  return (
    <span className="ac-second ad-promised">
      {span
        ? t('workorders.promised', { window: formatWindow(span, zone, now) })
        : t('workorders.promised.before', { time: formatInstant(visit.appointment_end, zone, now) })}
    </span>
  );
}

/** Who goes: photo, name, the number on the badge (P21). */
export function EngineerName(props: { name: string; badge_number: string; photo_sha256?: string | null | undefined }) {
  const { name, badge_number, photo_sha256 } = props;
  return (
    <span className="ad-engineer">
      {photo_sha256 ? (
        <img src={fileUrl(photo_sha256)} alt="" width={24} height={24} loading="lazy" />
      ) : (
        <span className="ad-engineer-blank">
          <Icon name="person" size={14} />
        </span>
      )}
      <b>{name}</b> <span className="ac-second ac-figure">{badge_number}</span>
    </span>
  );
}

/** By which roads arrivals were reckoned: a map, and how much of it had to be estimated, or the estimate alone. */
export function RoadsText({ roads }: { roads: Schemas['RoadsUsed'] }) {
  const t = useT();
  const { by, ways, estimated } = roads;
  const text =
    by === 'estimate'
      ? t('workorders.roads.estimate')
      : t(estimated > 0 ? 'workorders.roads.partly' : 'workorders.roads.all', {
          by: t(`workorders.roads.by.${by}`),
          ways,
          estimated,
        });
  return (
    <span className="ac-second ad-roads" data-by={by}>
      {text}
    </span>
  );
}
