/** The reports being taken, as tabs: each call keeps its own form. Shown once there is more than the usual empty one. */
import { useQuery } from '@tanstack/react-query';
import { atDeskQuery } from '../../calls/requests.ts';
import {
  activate,
  closeTab,
  draftKeyOf,
  type IntakeTab,
  openBlank,
  type IntakeTabs as Tabs,
} from '../../calls/tabs.ts';
import { useT } from '../../i18n/index.ts';
import { readDraft } from '../../ui/draft.ts';
import { Icon } from '../../ui/icon.tsx';
import type { IntakeValues } from './form.desk.tsx';
import type { SavedReport } from './saved.desk.tsx';

export function IntakeTabBar({ tabs }: { tabs: Tabs }) {
  const t = useT();
  const calls = useQuery(atDeskQuery).data?.calls ?? [];
  const name = (tab: IntakeTab) =>
    (tab.saved as SavedReport | undefined)?.answer.number ??
    readDraft<Partial<IntakeValues>>(draftKeyOf(tab.key))?.site?.name ??
    (tab.label || t(tab.call_id || tab.exchange_id ? 'intake.withheld' : 'intake.tab.blank'));
  const stateOf = (tab: IntakeTab) => calls.find(({ call }) => call.id === tab.call_id)?.call.outcome;
  return (
    <nav className="ad-intake-tabs" aria-label={t('intake.tabs')}>
      {tabs.tabs.map((tab) => (
        <span key={tab.key} className="ad-intake-tab" data-active={tab.key === tabs.active}>
          <button
            type="button"
            aria-current={tab.key === tabs.active ? 'true' : undefined}
            onClick={() => activate(tab.key)}
          >
            <Icon name={tab.call_id || tab.exchange_id ? 'phone' : 'draft'} size={14} />
            <span>{name(tab)}</span>
            {stateOf(tab) === 'ringing' && <span className="ad-maybe">{t('intake.call.rings')}</span>}
          </button>
          {tabs.tabs.length > 1 && (
            <button
              type="button"
              aria-label={t('intake.tab.close', { name: name(tab) })}
              title={t('intake.tab.close', { name: name(tab) })}
              onClick={() => closeTab(tab.key)}
            >
              <Icon name="cross" size={12} />
            </button>
          )}
        </span>
      ))}
      <button type="button" className="ac-link" onClick={openBlank}>
        <Icon name="plus" size={14} /> {t('intake.tab.new')}
      </button>
    </nav>
  );
}
