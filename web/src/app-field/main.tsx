/** The engineer's app, drawn once what start.ts asked for is there. */
import './start.ts';
import '../ui/tokens.css';
import '../ui/ui.css';
import './field.css';
import '../ui/theme.ts';
import { QueryClientProvider } from '@tanstack/react-query';
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
  RouterProvider,
} from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { onSessionEnd } from '../api/client.ts';
import { makeQueryClient } from '../api/queries.ts';
import { currentLanguage, loadTexts, takeTexts, wantTexts } from '../i18n/index.ts';
import { meQuery, secondFactorPath } from '../identity/me.ts';
import { wipeReads } from '../outbox/reads.ts';
import { Announcer } from '../ui/announce.tsx';
import { ErrorState, Loading } from '../ui/states.tsx';
import { startOffline } from './offline.ts';
import { barPlaces, type FieldScreen, screenAt, screens } from './screen.ts';
import { FieldShell } from './shell.tsx';
import { showStartFailed } from './start-failed.ts';
import { ownAreas, ownTexts } from './texts.ts';

const queries = makeQueryClient(true);

/** The touched link is seen to be touched before a slow phone begins to draw the next screen; a page that is not on screen paints never. */
const painted = () =>
  new Promise<void>((done) => {
    requestAnimationFrame(() => setTimeout(done));
    setTimeout(done, 100);
  });

let stood_at: string | undefined;

const root = createRootRoute({
  component: () => (
    <>
      <FieldShell />
      <Announcer />
    </>
  ),
  // Without a network the day's data are still there: only a definite "nobody is signed in" leads away (onSessionEnd).
  beforeLoad: async ({ location: { pathname } }) => {
    void queries.prefetchQuery(meQuery);
    const moved = stood_at !== undefined && stood_at !== pathname;
    stood_at = pathname;
    if (moved) await painted();
  },
});

const route = (screen: FieldScreen) =>
  createRoute({
    getParentRoute: () => root,
    path: screen.path,
    loader: () => loadTexts(screen.areas),
    component: lazyRouteComponent(screen.load),
    errorComponent: ({ error }) => <ErrorState error={error} onRetry={() => location.reload()} />,
    pendingComponent: () => <Loading shape="card" rows={3} />,
  });

// An address that no screen claims leads to the first place of the bar.
const first = barPlaces.flatMap(([key]) => screens.filter(({ bar }) => bar === key))[0]?.path ?? '/me';
const elsewhere = createRoute({
  getParentRoute: () => root,
  path: '$',
  component: () => <Navigate to={first} replace />,
});
const start = createRoute({ getParentRoute: () => root, path: '/', component: () => <Navigate to={first} replace /> });
const own = screens.map(route);

const router = createRouter({
  basepath: '/field',
  routeTree: root.addChildren([...own, ...(screens.some(({ path }) => path === '/') ? [] : [start]), elsewhere]),
  scrollRestoration: true,
  defaultPendingMs: 300,
});

onSessionEnd((why) => {
  if (why === 'second_factor') {
    // The day stays on the phone, and so does what waits: the same person goes on in a minute.
    location.assign(secondFactorPath(location.pathname + location.search));
    return;
  }
  // What was read belongs to the session that ended; what waits to be sent stays and goes on after signing in.
  void wipeReads(queries).finally(leave);
});

function leave() {
  const next = encodeURIComponent(location.pathname + location.search);
  location.assign(`/login?next=${next}&ended=true`);
}

document.documentElement.lang = currentLanguage();
document.body.classList.add('ac-phone-type');
const place = document.getElementById('root');
// Without texts nothing can be said by the app itself: the page has the words.
if (place)
  draw(place).catch((error: unknown) => {
    showStartFailed(() => location.reload());
    throw error;
  });

// Not awaited by the module itself: a screen that is fetched apart stands on it, and would wait for it in turn.
async function draw(at: HTMLElement): Promise<void> {
  // The screen that was asked for is fetched beside what it needs, not after it.
  const asked = screenAt(location.pathname.slice('/field'.length));
  const language = currentLanguage();
  // The account may speak another language than the phone: a switch meanwhile has to know what to load.
  wantTexts(ownAreas);
  await Promise.all([
    ownTexts(language).then((areas) => takeTexts(language, areas)),
    asked?.load().catch(() => {}),
    startOffline(queries),
  ]);
  // Its first drawing is that of the screen, not of a frame without one.
  await router.load();
  createRoot(at).render(
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
}
