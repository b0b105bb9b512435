/** What is known of the site: open cases first, its devices to choose from, the cover of the chosen one, the last cases. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Problem } from '../../api/problem.ts';
import { keys } from '../../api/queries.ts';
import { openOnQuery } from '../../calls/requests.ts';
import { Reasons, Verdict } from '../../coverage/panel.desk.tsx';
import { previewQuery } from '../../coverage/requests.ts';
import { useT } from '../../i18n/index.ts';
import { StatusBadge } from '../../ui/badges.tsx';
import { useBoth } from '../../ui/both.ts';
import { Button } from '../../ui/button.tsx';
import type { Form } from '../../ui/form.tsx';
import { ErrorState, Loading } from '../../ui/states.tsx';
import { DateTime } from '../../ui/values.tsx';
import { cases, type Schemas } from '../requests.ts';
import type { IntakeValues } from './form.desk.tsx';

/** Open cases that are shown before somebody asks for the rest. */
const few = 2;

/** Moves the focus to a part of the intake form, once it is drawn. */
export function focusOn(part: 'look-up' | 'symptom' | 'devices'): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-intake="${part}"]`)?.focus());
}

export function SitePane(props: {
  form: Form<IntakeValues>;
  site: Schemas['SiteView'] | undefined;
  onGoOn: (case_id: string) => void;
  problem: Problem | undefined;
}) {
  const t = useT();
  const { form, site, onGoOn, problem } = props;
  const { values, set } = form;
  const id = values.site?.id ?? '';
  const open = useQuery({ ...openOnQuery(id, values.asset_id || undefined), enabled: id !== '' });
  const filter = { view: 'all', site: id, limit: 5 } as const;
  const last = useQuery({ queryKey: keys.list('case', filter), queryFn: () => cases(filter), enabled: id !== '' });
  const cover = useQuery({ ...previewQuery(values.asset_id), enabled: values.asset_id !== '' });
  const assets = site?.assets;

  // With one device there is nothing to choose; with several the focus goes to them, unless one was found by its serial.
  const only = assets?.length === 1 ? assets[0]?.id : undefined;
  const [all, setAll] = useState(false);
  const asked = useRef('');
  useEffect(() => {
    if (!site || asked.current === site.id) return;
    asked.current = site.id;
    if (only && !values.asset_id) set('asset_id', only);
    if (!values.asset_id && !only && site.assets.length > 1 && !values.symptom) focusOn('devices');
  }, [site, only, values.asset_id, values.symptom, set]);

  if (!values.site) {
    return (
      <section className="ac-panel ad-intake-site" aria-label={t('intake.site')}>
        <h2>{t('intake.site')}</h2>
        <p className="ac-second">{t('intake.site.hint')}</p>
      </section>
    );
  }
  const cases_open = [...(open.data?.same ?? []), ...(open.data?.site ?? [])];
  return (
    <section className="ac-panel ad-intake-site" aria-label={t('intake.site')}>
      {cases_open.length > 0 && (
        <div className="ad-open-on" role="alert">
          <h2>{t('intake.open_on', { count: cases_open.length })}</h2>
          <p className="ac-hint">{t('intake.open_on.hint')}</p>
          <ul>
            {(all ? cases_open : cases_open.slice(0, few)).map(({ id: case_id, number, state }) => (
              <li key={case_id}>
                <span className="ad-open-on-case">
                  <Link to={`/cases/${case_id}`} className="ac-figure">
                    {number}
                  </Link>
                  <StatusBadge kind="case" state={state} />
                </span>
                <Button onClick={() => onGoOn(case_id)}>{t('intake.go_on')}</Button>
              </li>
            ))}
          </ul>
          {/* The devices below stay in sight: they are the next thing to choose. */}
          {cases_open.length > few && (
            <button type="button" className="ac-link" aria-expanded={all} onClick={() => setAll(!all)}>
              {t(all ? 'intake.open_on.fewer' : 'intake.open_on.more', { count: cases_open.length - few })}
            </button>
          )}
          {problem && <ErrorState error={problem} inline />}
        </div>
      )}
      {open.data?.rework && (
        <p className="ad-restored">
          {t('intake.rework', { number: open.data.rework.number, date: open.data.rework.until })}
        </p>
      )}
      <h2>{t('intake.devices')}</h2>
      {assets ? (
        <Devices
          assets={assets}
          value={values.asset_id}
          onChoose={(asset_id, go) => {
            set('asset_id', asset_id);
            if (go) focusOn('symptom');
          }}
          error={form.errorAt('/asset_id')}
        />
      ) : (
        id !== '' && !values.asset_id && <Loading rows={3} />
      )}
      {values.asset_id && (
        <div className="ad-cover" aria-live="polite">
          <h3>{t('intake.cover')}</h3>
          {cover.data ? (
            <>
              <Verdict decision={cover.data} />
              <Reasons decision={cover.data} />
            </>
          ) : cover.error ? (
            <ErrorState error={cover.error} inline />
          ) : (
            <Loading rows={1} />
          )}
        </div>
      )}
      <h2>{t('intake.last')}</h2>
      {last.data?.items.length === 0 && <p className="ac-second">{t('intake.last.none')}</p>}
      <ul className="ad-last">
        {last.data?.items.map((row) => (
          <li key={row.id}>
            <Link to={`/cases/${row.id}`} className="ac-figure">
              {row.number}
            </Link>{' '}
            <StatusBadge kind="case" state={row.state} /> <DateTime at={row.reported_at} zone={row.zone} />
            <div className="ac-second ad-clip" title={row.symptom}>
              {row.symptom}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Devices as a list box: arrows move, a digit takes one of the first nine, Enter goes on to the symptom. */
function Devices(props: {
  assets: readonly Schemas['AssetView'][];
  value: string;
  onChoose: (id: string, go: boolean) => void;
  error: string | undefined;
}) {
  const t = useT();
  const both = useBoth();
  const { assets, value, onChoose, error } = props;
  const at = assets.findIndex(({ id }) => id === value);
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const digit = /^[1-9]$/.test(event.key) ? assets[Number(event.key) - 1] : undefined;
    if (step !== undefined && assets.length > 0) {
      event.preventDefault();
      const index = Math.min(assets.length - 1, Math.max(0, at + step));
      const asset = assets[index];
      if (asset) onChoose(asset.id, false);
      event.currentTarget.children[index]?.scrollIntoView({ block: 'nearest' });
    } else if (digit) {
      event.preventDefault();
      onChoose(digit.id, true);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const asset = assets[Math.max(0, at)];
      if (asset) onChoose(asset.id, true);
    } else if (event.key === ' ') event.preventDefault();
  };
  if (assets.length === 0) return <p className="ac-second">{t('intake.devices.none')}</p>;
  return (
    <>
      <p className="ac-hint">{t('intake.devices.keys')}</p>
      <div
        role="listbox"
        tabIndex={0}
        aria-label={t('intake.devices')}
        aria-activedescendant={at >= 0 ? `device-${value}` : undefined}
        className="ad-devices"
        data-intake="devices"
        onKeyDown={onKeyDown}
      >
        {assets.map(({ id, product, serial, accepted_on }, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys
          <div
            key={id}
            id={`device-${id}`}
            role="option"
            tabIndex={-1}
            aria-selected={id === value}
            className="ad-device"
            onClick={() => onChoose(id, true)}
          >
            {index < 9 ? <kbd>{index + 1}</kbd> : <span />}
            <span>
              {both(product.name)} {product.model}
              <span className="ac-second ad-hit-detail">
                {serial} · {accepted_on ? t('intake.accepted', { date: accepted_on }) : t('intake.not_accepted')}
              </span>
            </span>
          </div>
        ))}
      </div>
      {error && <p className="ac-field-error">{error}</p>}
    </>
  );
}
