/** What becomes of the plan of each unit by itself: off, advice, what disturbs nobody, or moves too. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useCommand } from '../api/command.ts';
import { useServerNow } from '../api/server-clock.ts';
import { useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { announce } from '../ui/announce.tsx';
import { useBoth } from '../ui/both.ts';
import { formatInstant } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { Empty, Query } from '../ui/states.tsx';
import { useZone } from '../ui/zone.ts';
import { ConfirmInWords } from '../ui-desk/confirm-in-words.tsx';
import { areasQuery, modes, type PlanningArea, type PlanningMode, setMode } from './living.ts';

export function Areas({ unit, onShow }: { unit: string | undefined; onShow: (of: string) => void }) {
  const t = useT();
  const query = useQuery(areasQuery);
  const [asking, setAsking] = useState<{ area: PlanningArea; mode: PlanningMode }>();
  return (
    <Query of={query} shape="list">
      {(all) => {
        const areas = unit ? all.filter(({ unit_id }) => unit_id === unit) : all;
        return (
          <div className="ad-plan-body">
            <p className="ac-second">{t('plans.areas.hint')}</p>
            <dl className="ad-plan-modes">
              {modes.map((mode) => (
                <div key={mode}>
                  <dt>{t(`plans.mode.${mode}`)}</dt>
                  <dd className="ac-second">{t(`plans.mode.${mode}.hint`)}</dd>
                </div>
              ))}
            </dl>
            {areas.length === 0 && <Empty title={t('plans.areas.empty')} hint={t('plans.areas.empty.hint')} />}
            <ul className="ad-plan-lines">
              {areas.map((area) => (
                <AreaLine key={area.unit_id} area={area} onShow={onShow} onMode={(mode) => setAsking({ area, mode })} />
              ))}
            </ul>
            {asking && (
              <AskMode
                key={`${asking.area.unit_id}.${asking.mode}`}
                area={areas.find(({ unit_id }) => unit_id === asking.area.unit_id) ?? asking.area}
                mode={asking.mode}
                onClose={() => setAsking(undefined)}
              />
            )}
          </div>
        );
      }}
    </Query>
  );
}

function AreaLine(props: { area: PlanningArea; onMode: (mode: PlanningMode) => void; onShow: (of: string) => void }) {
  const t = useT();
  const both = useBoth();
  const may = useMay();
  const zone = useZone();
  const now = useServerNow(60_000);
  const { area, onMode, onShow } = props;
  const { unit_id, name, engineers, mode, latest, hindered, changed_at, changed_by } = area;
  return (
    <li className="ad-plan-line" data-key={unit_id} data-mode={mode}>
      <div>
        <p className="ad-plan-what">
          <b className="ad-plan-site">{both(name)}</b>
          <span className="ac-second">{t('plans.area.engineers', { n: engineers })}</span>
          <select
            className="ac-input"
            aria-label={t('plans.mode.of', { unit: both(name) })}
            value={mode}
            disabled={!may('visits.plan')}
            onChange={(event) => onMode(event.target.value as PlanningMode)}
          >
            {modes.map((each) => (
              <option key={each} value={each}>
                {t(`plans.mode.${each}`)}
              </option>
            ))}
          </select>
        </p>
        {hindered && (
          <p className="ad-away">
            <Icon name="warning" size={14} /> {t(`plans.hindered.${hindered}`)}
          </p>
        )}
        {(latest || changed_at) && (
          <p className="ac-second">
            {latest && (
              <button type="button" className="ac-link" onClick={() => onShow(`${unit_id}.${latest.number}`)}>
                {t('plans.number', { number: latest.number })} {formatInstant(latest.made_at, zone, now)}
              </button>
            )}
            {latest && changed_at && ' · '}
            {changed_at && t('plans.area.set', { name: changed_by ?? '—', time: formatInstant(changed_at, zone, now) })}
          </p>
        )}
      </div>
    </li>
  );
}

function AskMode({ area, mode, onClose }: { area: PlanningArea; mode: PlanningMode; onClose: () => void }) {
  const t = useT();
  const both = useBoth();
  const command = useCommand((to: PlanningMode, options) => setMode(area, to, options), {
    touches: [['planning_area', 'list'], ['plan']],
  });
  const unit = both(area.name);
  return (
    <ConfirmInWords
      open
      title={t('plans.mode.of', { unit })}
      consequences={[
        t('plans.mode.will', { unit, mode: t(`plans.mode.${mode}`) }),
        t(`plans.mode.${mode}.hint`),
        t(mode === 'off' ? 'plans.mode.will.off' : 'plans.mode.will.back'),
      ]}
      verb={t('plans.mode.set', { mode: t(`plans.mode.${mode}`) })}
      busy={command.busy}
      problem={command.problem}
      onCancel={() => {
        command.clear();
        onClose();
      }}
      onConfirm={async () => {
        if (!(await command.run(mode))) return;
        announce(t('plans.mode.done', { unit, mode: t(`plans.mode.${mode}`) }));
        onClose();
      }}
    />
  );
}
