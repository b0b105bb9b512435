/** How a proposal stands to the plans that go on by themselves. */
import { useQuery } from '@tanstack/react-query';
import { useT } from '../i18n/index.ts';
import { useBoth } from '../ui/both.ts';
import { Icon } from '../ui/icon.tsx';
import { areasOn, areasQuery, type PlanningArea, standing, versionQuery } from './living.ts';
import { CauseText, VersionState } from './plan-words.tsx';
import type { DayPlan } from './requests.ts';

/** What goes on by itself: of the unit, how the proposal stands to what is published; of all units, which ones. */
export function Living(props: {
  unit: string | undefined;
  plan: DayPlan;
  onUnit: (id: string) => void;
  onVersion: (of: string) => void;
  onAgain: () => void;
}) {
  const { unit, plan, onUnit, onVersion, onAgain } = props;
  const t = useT();
  const both = useBoth();
  const areas = areasOn(useQuery(areasQuery).data, unit);
  const [area] = areas;
  if (!area) return null;
  if (unit) return <Published area={area} plan={plan} onVersion={onVersion} onAgain={onAgain} />;
  return (
    <p className="ad-row">
      {areas.map(({ unit_id, name, mode }) => (
        <button key={unit_id} type="button" className="ac-chip" onClick={() => onUnit(unit_id)}>
          {t('plans.living', { unit: both(name), mode: t(`plans.mode.${mode}`) })}
        </button>
      ))}
    </p>
  );
}

function Published(props: { area: PlanningArea; plan: DayPlan; onVersion: (of: string) => void; onAgain: () => void }) {
  const t = useT();
  const both = useBoth();
  const { area, plan, onVersion, onAgain } = props;
  const { unit_id, name, mode, latest, hindered } = area;
  const stands = standing(plan, latest);
  const version = useQuery({ ...versionQuery(unit_id, latest?.number ?? 0), enabled: latest != null }).data?.version;
  return (
    <div className="ad-plan-about">
      <p>
        {t('plans.living', { unit: both(name), mode: t(`plans.mode.${mode}`) })}
        {latest && (
          <>
            {' · '}
            <button type="button" className="ac-link" onClick={() => onVersion(`${unit_id}.${latest.number}`)}>
              {t('plans.number', { number: latest.number })}
            </button>{' '}
            <VersionState state={latest.state} />
          </>
        )}
      </p>
      {version && (
        <p className="ac-second">
          <CauseText of={version} />
        </p>
      )}
      {hindered && (
        <p className="ad-away">
          <Icon name="warning" size={14} /> {t(`plans.hindered.${hindered}`)}
        </p>
      )}
      {latest && stands === 'published' && (
        <p className="ac-second">
          <Icon name="check" size={14} />{' '}
          {t('plans.published', { number: t('plans.number', { number: latest.number }) })}
        </p>
      )}
      {latest && stands === 'older' && (
        <p role="status">
          <Icon name="warning" size={14} /> {t('plans.older', { number: t('plans.number', { number: latest.number }) })}{' '}
          <button type="button" className="ac-link" onClick={onAgain}>
            {t('plans.show_newer')}
          </button>
        </p>
      )}
    </div>
  );
}
