/** Every shared component in every state, for looking at (`npm run dev`, then /gallery.html). Not part of the build. */
import '../ui/tokens.css';
import '../ui/ui.css';
import '../ui/theme.ts';
import { QueryClientProvider } from '@tanstack/react-query';
import { createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { makeQueryClient } from '../api/queries.ts';
import { currentLanguage, loadTexts } from '../i18n/index.ts';
import { Announcer } from '../ui/announce.tsx';
import { DeskTheme } from '../ui-desk/theme.tsx';
import { Gallery } from './gallery.tsx';

const root = createRootRoute({
  component: () => (
    <DeskTheme>
      <Gallery />
      <Announcer />
    </DeskTheme>
  ),
  notFoundComponent: Gallery,
});
const router = createRouter({ routeTree: root, basepath: '/gallery.html' });

document.documentElement.lang = currentLanguage();
const place = document.getElementById('root');
if (place) {
  await loadTexts(['common', 'login', 'shell', 'status', 'field', 'track']);
  createRoot(place).render(
    <QueryClientProvider client={makeQueryClient()}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
}
