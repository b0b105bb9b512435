/** The frame of the engineer's app: the screen, and the bottom bar within reach of a thumb. */

import { useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useLive } from '../api/live.ts';
import { useOnline } from '../api/network.ts';
import { tellingDriftS, useDeviceDriftS } from '../api/server-clock.ts';
import { useT } from '../i18n/index.ts';
import { Icon } from '../ui/icon.tsx';
import { Alerts } from './alerts.tsx';
import { forgetWho, hear } from './offline.ts';
import { barPlaces, screens, useWaiting } from './screen.ts';

export function FieldShell() {
  const t = useT();
  const online = useOnline();
  const waiting = useWaiting();
  const drift_s = useDeviceDriftS();
  const queries = useQueryClient();
  const path = useRouterState({ select: (state) => state.location.pathname });
  useLive(
    useCallback(() => {
      forgetWho();
      void queries.resetQueries();
    }, [queries]),
    hear,
  );
  const places = barPlaces.flatMap(([key, icon]) => {
    const screen = screens.find(({ bar }) => bar === key);
    return screen ? [{ key, icon, to: screen.path }] : [];
  });
  const current = places.findLast(({ to }) => (to === '/' ? path === '/' : path.startsWith(to)));
  return (
    <div className="af-shell">
      {!online && (
        <p className="af-offline" role="status">
          <Icon name="offline" /> {t('field.offline')}
        </p>
      )}
      {Math.abs(drift_s) > tellingDriftS && (
        <p className="af-offline" role="status">
          <Icon name="clock" />{' '}
          {t(drift_s > 0 ? 'field.clock.ahead' : 'field.clock.behind', { minutes: Math.round(Math.abs(drift_s) / 60) })}
        </p>
      )}
      <Alerts />
      <main className="af-screen">
        <Outlet />
      </main>
      <nav className="af-bar" aria-label={t('field.bar')}>
        {places.map(({ key, icon, to }) => (
          <Link key={key} to={to} className="af-bar-item" aria-current={key === current?.key ? 'page' : undefined}>
            <Icon name={icon} size={24} />
            <span>{t(`field.bar.${key}`)}</span>
            {key === 'outbox' && waiting > 0 && <span className="af-count ac-figure">{waiting}</span>}
          </Link>
        ))}
      </nav>
    </div>
  );
}
