/** Start of the desk: drawn once what first.ts asked for is there. */
import './first.ts';
import '../ui/tokens.css';
import '../ui/ui.css';
import '../ui/theme.ts';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { onSessionEnd } from '../api/client.ts';
import { makeQueryClient } from '../api/queries.ts';
import { currentLanguage, takeTexts } from '../i18n/index.ts';
import { meQuery } from '../identity/me.ts';
import { makeRouter } from './router.tsx';
import { deskTexts } from './texts.ts';

const queries = makeQueryClient();
const router = makeRouter(queries);

// A session that ends in the middle of work leads to the sign-in page and back to the same place; drafts are kept.
onSessionEnd((why) => {
  const { pathname, href } = router.state.location;
  if (why === 'second_factor') {
    if (pathname !== '/second-factor') void router.navigate({ to: '/second-factor', search: { next: href } });
    return;
  }
  if (['/login', '/setup', '/password'].includes(pathname) || !queries.getQueryData(meQuery.queryKey)) return;
  queries.removeQueries({ queryKey: meQuery.queryKey });
  void router.navigate({ to: '/login', search: { next: href, ended: true } });
});

document.documentElement.lang = currentLanguage();
const place = document.getElementById('root');
if (place) {
  const language = currentLanguage();
  takeTexts(language, await deskTexts(language));
  createRoot(place).render(
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
}
