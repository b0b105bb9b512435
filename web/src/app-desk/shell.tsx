/** The desk's shell, loaded after sign-in: it brings antd along, which the sign-in page does without. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { announceSession, useLive, useLiveState } from '../api/live.ts';
import { useOnline } from '../api/network.ts';
import { toProblem } from '../api/problem.ts';
import { serverNow } from '../api/server-clock.ts';
import { IncomingCalls } from '../calls/incoming.desk.tsx';
import { DeskPhone } from '../calls/phone.desk.tsx';
import { hoursQuery } from '../cases/requests.ts';
import { useT } from '../i18n/index.ts';
import { FactorNotice } from '../identity/factor-notice.tsx';
import { allows, meQuery } from '../identity/me.ts';
import { signOut } from '../identity/session.ts';
import { MyAlerts } from '../notifications/alerts.desk.tsx';
import { announce } from '../ui/announce.tsx';
import { ServiceHoursBadge } from '../ui/badges.tsx';
import { forgetDrafts } from '../ui/draft.ts';
import { formatInstant } from '../ui/format.ts';
import { useZone } from '../ui/zone.ts';
import { useActions } from '../ui-desk/actions.ts';
import { Shell } from '../ui-desk/shell.tsx';
import { Shortcuts } from '../ui-desk/shortcuts.tsx';
import { DeskTheme } from '../ui-desk/theme.tsx';
import { railPlaces, screens, searches } from './screen.ts';

export default function DeskShell() {
  const t = useT();
  const zone = useZone();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { data: me } = useQuery(meQuery);
  const online = useOnline();
  const live = useLiveState();
  const path = useRouterState({ select: (state) => state.location.pathname });

  // The hours in which experts answer by phone; faults are reported round the clock.
  const hours = useQuery({
    ...hoursQuery,
    enabled: allows(me?.permissions ?? [], ['policy.read']),
  }).data?.find(({ calendar }) => calendar === 'five_by_eight');

  const readAgain = useCallback(() => void queries.resetQueries(), [queries]);
  useLive(readAgain);

  const rail = useMemo(
    () =>
      railPlaces.flatMap(([key, icon]) => {
        const screen = screens.find((each) => each.rail === key && allows(me?.permissions ?? [], each.any));
        return screen ? [{ key, icon, label: t(`shell.rail.${key}`), to: screen.path }] : [];
      }),
    [me, t],
  );

  // Somebody else signed in in another window: what stands on this screen isn't theirs.
  const shown_to = useRef(me?.id);
  useEffect(() => {
    if (me && shown_to.current !== undefined && shown_to.current !== me.id) location.reload();
    shown_to.current = me?.id ?? shown_to.current;
  }, [me]);
  const takes_calls = allows(me?.permissions ?? [], ['cases.report']);
  useActions([
    ...(takes_calls
      ? [
          {
            id: 'report',
            label: t('shell.action.report'),
            icon: 'intake' as const,
            key: 'i',
            run: () => void navigate({ to: '/intake', search: {} }),
          },
        ]
      : []),
    { id: 'account', label: t('shell.my_account'), icon: 'person', run: () => void navigate({ to: '/settings/me' }) },
  ]);

  if (!me) return null;
  const at = rail.findLast(({ to }) => (to === '/' ? path === '/' : path === to || path.startsWith(`${to}/`)));
  // Sites, assets and acceptances have addresses of their own behind the place of the customers.
  const current = at?.key ?? (/^\/(sites|assets|acceptances)(\/|$)/.test(path) ? 'customers' : undefined);

  const leave = async () => {
    try {
      await signOut();
    } catch (error) {
      announce(toProblem(error).title, 'error');
      return;
    }
    forgetDrafts();
    announceSession();
    queries.clear();
    await navigate({ to: '/login' });
  };

  return (
    <DeskTheme>
      <Shell
        rail={rail}
        current={current}
        person={{
          name: me.name,
          // Administrators belong to no unit: their role says who they are.
          detail: me.unit?.name || me.roles.map((role) => t(`status.role.${role}`)).join(', '),
        }}
        demo={me.demo}
        badge={
          <>
            {takes_calls && <DeskPhone />}
            {hours && (
              <ServiceHoursBadge
                open={hours.open}
                changes={hours.changes_at ? formatInstant(hours.changes_at, zone, serverNow()) : undefined}
              />
            )}
          </>
        }
        connection={!online ? 'offline' : live === 'connecting' ? 'connecting' : 'live'}
        onSignOut={() => void leave()}
        onGo={(to) => void navigate({ to })}
        find={async (text, signal) => {
          const sources = searches.filter(({ any }) => allows(me.permissions, any));
          return (await Promise.all(sources.map((source) => source.find(text, signal)))).flat();
        }}
      >
        <Shortcuts />
        <FactorNotice me={me} />
        {takes_calls && <IncomingCalls />}
        {allows(me.permissions, ['notifications.alerts']) && <MyAlerts />}
        <Outlet />
      </Shell>
    </DeskTheme>
  );
}
