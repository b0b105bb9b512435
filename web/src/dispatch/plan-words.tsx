/** What happened before a plan was published, why the one before does not stand, and what became of it: the same words everywhere. */
import { hasText, useT } from '../i18n/index.ts';
import { useUnitName } from '../organisation/requests.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import type { Tone } from '../ui/status.ts';
import type { PlanVersion, PlanVersionRow } from './living.ts';

const said = (t: ReturnType<typeof useT>, key: string, else_: string) => (hasText(key) ? t(key) : else_);

/** "New order FW20261009-0003 · a new order"; the background found it where nothing happened. */
export function CauseText({ of }: { of: Pick<PlanVersionRow, 'cause' | 'why'> }) {
  const t = useT();
  const { cause, why } = of;
  const kinds = cause.kinds.length > 0 ? cause.kinds : ['background'];
  const unitName = useUnitName();
  // Of the area itself it is said where it stands.
  const about =
    cause.subject_type === 'planning_area'
      ? undefined
      : cause.subject_type === 'unit'
        ? unitName(cause.subject_id)
        : cause.subject;
  const happened = kinds.map((kind) => said(t, `plans.kind.${kind}`, kind));
  return (
    <span>
      {happened.join(t('plans.and'))}
      {about && (
        <>
          {' '}
          <span className="ac-figure">{about}</span>
        </>
      )}
      {' · '}
      {why.map((each) => t(`plans.why.${each}`)).join(t('plans.and'))}
    </span>
  );
}

const looks = {
  published: ['dispatched', 'clock'],
  accepted: ['done', 'check'],
  done_by_itself: ['done', 'again'],
  superseded: ['cancelled', 'merge'],
} as const satisfies Record<PlanVersionRow['state'], readonly [Tone, IconName]>;

export function VersionState({ state }: { state: PlanVersionRow['state'] }) {
  const t = useT();
  const [tone, glyph] = looks[state];
  return (
    <span className={`ac-badge ac-tone-${tone}`}>
      <Icon name={glyph} size={14} />
      <span>{t(`plans.state.${state}`)}</span>
    </span>
  );
}

/** Why a line of a published plan waits for a person; nothing where it was done by itself. */
export function WaitsText({ waits }: { waits: PlanVersion['moves'][number]['waits'] }) {
  const t = useT();
  return waits ? (
    <span className="ac-second">
      <Icon name="person" size={14} /> {t(`plans.waits.${waits}`)}
    </span>
  ) : (
    <span className="ac-second">
      <Icon name="again" size={14} /> {t('plans.by_itself')}
    </span>
  );
}
