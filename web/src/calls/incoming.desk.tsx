/**
 * Calls that ring at this desk. One that rings at one's own phone opens its intake at once, unless somebody is in the middle of
 * another report or dialog; then it waits above the screen. One that rings at no phone in particular is offered.
 */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouter, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useT } from '../i18n/index.ts';
import { useBoth } from '../ui/both.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { atDeskQuery, callerQuery, type Schemas } from './requests.ts';
import { intakeTabs, isEmptyTab, openCall, tabOf, useIntakeTabs } from './tabs.ts';
import './calls.css';

type DeskCall = Schemas['DeskCall'];

const poppedKey = 'aftercare.popped-calls';

/** Whether this browser window is the one to bring the call up: each call comes up in one window, best the one in front. */
function claim(what: string): boolean {
  try {
    const before = JSON.parse(localStorage.getItem(poppedKey) ?? '[]') as string[];
    if (before.includes(what)) return false;
    localStorage.setItem(poppedKey, JSON.stringify([...before.slice(-40), what]));
    return true;
  } catch {
    return true;
  }
}

/** Whether the person is in the middle of something that a new screen would take away. */
function busy(on_intake: boolean): boolean {
  if (document.querySelector('[role="dialog"]')) return true;
  if (on_intake) {
    const { tabs, active } = intakeTabs();
    const tab = tabs.find(({ key }) => key === active);
    return tab !== undefined && (tab.call_id !== undefined || !isEmptyTab(tab));
  }
  const at = document.activeElement;
  return (
    (at instanceof HTMLTextAreaElement || (at instanceof HTMLInputElement && at.type === 'text')) && at.value !== ''
  );
}

const callOf = ({ call }: DeskCall) => ({
  call_id: call.id,
  ...(call.exchange_id ? { exchange_id: call.exchange_id } : {}),
  ...(call.caller_masked ? { label: call.caller_masked } : {}),
});

export function IncomingCalls() {
  const t = useT();
  const both = useBoth();
  const navigate = useNavigate();
  const tabs = useIntakeTabs();
  const calls = useQuery(atDeskQuery).data?.calls;
  const on_intake = useRouterState({ select: (state) => state.location.pathname === '/intake' });
  const here = useRef(on_intake);
  here.current = on_intake;

  // The form's code and words are there before the first call rings.
  const router = useRouter();
  useEffect(() => {
    const timer = setTimeout(
      () => void router.preloadRoute({ to: '/intake', search: {} }).catch(() => undefined),
      1_000,
    );
    return () => clearTimeout(timer);
  }, [router]);
  const queries = useQueryClient();

  useEffect(() => {
    const timers: ReturnType<typeof setTimeout>[] = [];
    for (const found of calls ?? []) {
      if (!found.mine || found.call.direction !== 'in') continue;
      const taken = found.call.outcome !== 'ringing';
      const bring = () => {
        if (!claim(`${found.call.id}:${taken ? 'taken' : 'rings'}`)) return;
        // Whoever lifts the receiver wants the form of that call: what was typed elsewhere is kept.
        const front = !busy(here.current) || (taken && here.current);
        // Who calls is asked while the form is drawn.
        void queries.prefetchQuery(callerQuery(found.call.id));
        openCall(callOf(found), front);
        if (front && !here.current) void navigate({ to: '/intake', search: {} });
      };
      // A window in the background leaves it to the one in front.
      if (document.visibilityState === 'visible') bring();
      else timers.push(setTimeout(bring, 400));
    }
    return () => timers.forEach(clearTimeout);
  }, [calls, navigate, queries]);

  const open = (found: DeskCall) => {
    openCall(callOf(found), true);
    void navigate({ to: '/intake', search: {} });
  };
  const waiting = (calls ?? []).filter(({ call, mine }) => {
    if (call.direction !== 'in') return false;
    const tab = tabOf(tabs, call.id, call.exchange_id);
    return !tab || (mine && call.outcome === 'ringing' && !(on_intake && tab.key === tabs.active));
  });
  if (waiting.length === 0) return null;
  return (
    <div className="ad-incoming" role="alert">
      {waiting.slice(0, 3).map((found) => (
        <div key={found.call.id} className="ad-incoming-call" data-mine={found.mine}>
          <Icon name="phone" size={18} />
          <span>
            <b className="ac-figure">{found.call.caller_masked ?? t('shell.call.withheld')}</b>{' '}
            <span className="ac-second">
              {found.hotline ? both(found.hotline) : found.call.dialled} ·{' '}
              {t(
                found.call.outcome === 'ringing'
                  ? found.mine
                    ? 'shell.call.rings'
                    : 'shell.call.queue'
                  : 'shell.call.on',
              )}
            </span>
          </span>
          <Button kind="primary" onClick={() => open(found)}>
            {t('shell.call.open')}
          </Button>
        </div>
      ))}
    </div>
  );
}
