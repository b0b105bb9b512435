/** Addresses of the desk: sign-in and set-up stand alone; every screen stands in the shell, behind the guard. */
import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  useLocation,
  useNavigate,
} from '@tanstack/react-router';
import { lazy } from 'react';
import { announceSession } from '../api/live.ts';
import { ProblemError } from '../api/problem.ts';
import { loadTexts } from '../i18n/index.ts';
import { LoginPage } from '../identity/login.tsx';
import { allows, meQuery, mustEnrol } from '../identity/me.ts';
import { PasswordPage } from '../identity/password.tsx';
import { SetupPage } from '../identity/setup.tsx';
import { Announcer } from '../ui/announce.tsx';
import { Loading } from '../ui/states.tsx';
import { BrokenPage, NoPermissionPage, NotFoundPage } from './pages.tsx';
import { type Screen, screens } from './screen.ts';

interface Context {
  queries: QueryClient;
}

const root = createRootRouteWithContext<Context>()({
  component: () => (
    <>
      <Outlet />
      <Announcer />
    </>
  ),
  notFoundComponent: NotFoundPage,
});

/** Only a path of our own is followed after sign-in: `next` comes from the address and could name another site. */
export function safeNext(next: unknown): string {
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) && !/^\/(login|second-factor)/.test(next) ? next : '/';
}

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: (search: Record<string, unknown>): { next?: string; ended?: boolean } => ({
    ...(search.next ? { next: safeNext(search.next) } : {}),
    ...(search.ended ? { ended: true } : {}),
  }),
  component: function Login() {
    const { next, ended } = login.useSearch();
    const { queries } = login.useRouteContext();
    const navigate = useNavigate();
    return (
      <LoginPage
        ended={ended ?? false}
        onDone={(me) => {
          queries.clear();
          queries.setQueryData(meQuery.queryKey, me);
          announceSession();
          const to = safeNext(next);
          if (mustEnrol(me)) void navigate({ to: '/second-factor', search: { next: to }, replace: true });
          else if (to.startsWith('/field')) location.assign(to);
          else void navigate({ href: to, replace: true });
        }}
      />
    );
  },
});

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  validateSearch: (search: Record<string, unknown>) => ({ token: String(search.token ?? '') }),
  component: function Setup() {
    const { token } = setup.useSearch();
    const hash = useLocation({ select: (place) => place.hash });
    return <SetupPage token={hash || token} onDone={() => location.assign('/')} />;
  },
});

/** The secret of a password link stands behind `#`: no server and no log sees it. */
const password = createRoute({
  getParentRoute: () => root,
  path: '/password',
  component: function Password() {
    const token = useLocation({ select: (place) => place.hash });
    const navigate = useNavigate();
    return <PasswordPage key={token} token={token} onDone={() => void navigate({ to: '/login', replace: true })} />;
  },
});

const SecondFactor = lazy(() => import('../identity/second-factor.tsx'));

/** One's second factor: outside of the shell, since whoever has to have one is led here before anything else. */
const secondFactor = createRoute({
  getParentRoute: () => root,
  path: '/second-factor',
  validateSearch: (search: Record<string, unknown>): { next?: string; what?: 'codes' | 'off' } => ({
    ...(search.next ? { next: safeNext(search.next) } : {}),
    ...(search.what === 'codes' || search.what === 'off' ? { what: search.what } : {}),
  }),
  beforeLoad: async ({ context, location: { href } }) => {
    try {
      await context.queries.ensureQueryData(meQuery);
    } catch (error) {
      if (error instanceof ProblemError && error.problem.status === 401)
        throw redirect({ to: '/login', search: { next: href } });
      throw error;
    }
  },
  loader: () => Promise.all([import('../identity/second-factor.tsx'), loadTexts(['factor'])]).then(() => undefined),
  component: function Factor() {
    const { next, what } = secondFactor.useSearch();
    const navigate = useNavigate();
    return (
      <SecondFactor
        key={what ?? 'device'}
        task={what ?? 'device'}
        onDone={() => {
          const to = safeNext(next);
          if (to.startsWith('/field')) location.assign(to);
          else void navigate({ href: to, replace: true });
        }}
      />
    );
  },
  errorComponent: ({ error }) => <BrokenPage error={error} />,
  pendingComponent: () => <Loading shape="form" />,
});

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: async ({ context, location: { href } }) => {
    try {
      const [me] = await Promise.all([context.queries.ensureQueryData(meQuery), loadTexts(['shell', 'status'])]);
      if (mustEnrol(me)) throw redirect({ to: '/second-factor', search: { next: href } });
      return { me };
    } catch (error) {
      if (error instanceof ProblemError && error.problem.status === 401) {
        throw redirect({ to: '/login', search: href === '/' ? {} : { next: href } });
      }
      throw error;
    }
  },
  component: lazyRouteComponent(() => import('./shell.tsx')),
  errorComponent: ({ error }) => <BrokenPage error={error} />,
  pendingComponent: () => <Loading shape="record" />,
});

function screenRoute(screen: Screen) {
  const Component = lazy(screen.load);
  return createRoute({
    getParentRoute: () => shell,
    path: screen.path,
    // Search parameters are the screen's own (view, filters, selected row).
    validateSearch: (search: Record<string, unknown>) => search,
    // The code comes with the texts, so that `preload` fetches both and the screen is drawn at once.
    loader: () => Promise.all([screen.load(), loadTexts(screen.areas)]).then(() => undefined),
    component: function Guarded() {
      const { me } = shell.useRouteContext();
      return allows(me.permissions, screen.any) ? <Component /> : <NoPermissionPage any={screen.any} />;
    },
    errorComponent: ({ error }) => <BrokenPage error={error} />,
    pendingComponent: () => <Loading shape="record" />,
  });
}

const missing = createRoute({ getParentRoute: () => shell, path: '$', component: NotFoundPage });

/** The desk's router. Addresses are put together at run time, so `to` is a plain string. */
export function makeRouter(queries: QueryClient) {
  return createRouter({
    routeTree: root.addChildren([
      login,
      setup,
      password,
      secondFactor,
      shell.addChildren([...screens.map(screenRoute), missing]),
    ]),
    context: { queries },
    defaultPreload: 'intent',
    scrollRestoration: true,
    defaultPendingMs: 300,
  });
}
