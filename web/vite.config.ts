import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { startFailedWords } from './start-failed.plugin.ts';
import { twoScripts } from './vite.two-scripts.ts';

/** In development every path of an entry is answered with that entry's page, as the server does with `dist`. */
function entryFallback(): Plugin {
  return {
    name: 'entry-fallback',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const url = request.url ?? '/';
        const asksForPage = request.headers.accept?.includes('text/html') ?? false;
        if (asksForPage && url.startsWith('/field')) request.url = '/field/index.html';
        else if (asksForPage && (url.startsWith('/p/') || /^\/([qb]\/|t$)/.test(url)))
          request.url = '/track/index.html';
        next();
      });
    },
  };
}

const app = 'src/app-desk/main.tsx';
/** The texts that the desk begins with: one file for a language. */
const firstTexts = /texts[\\/]([\w-]+)([\\/](common|login|shell|status)\.json|\.ts)$/;
/** What src/app-desk/first.ts stands on. */
const first = /src[\\/](app-desk[\\/](first|texts)|api[\\/]ahead|i18n[\\/]language)\.ts$|vite[\\/]preload-helper/;

/**
 * The desk. The engineer's app and the customer's pages have builds of their own: vite.field.config.ts, vite.customer.config.ts.
 *
 * A browser asks for six files at a time, and each answer has its headers: so what every visit needs comes in few files (the first
 * lines, the sign-in page with all that the desk stands on, the shell), and what many screens share in one.
 */
export default defineConfig({
  plugins: [react(), twoScripts('/app-desk/first.ts', '/app-desk/main.tsx'), entryFallback(), startFailedWords()],
  server: {
    host: '127.0.0.1',
    port: 5173,
    fs: { allow: ['..'] },
    proxy: { '/api': process.env.AFTERCARE_URL ?? 'http://127.0.0.1:8080' },
  },
  build: {
    target: ['chrome99', 'safari15.4', 'firefox115'],
    manifest: '.vite/manifest.json',
    chunkSizeWarningLimit: 600,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { desk: 'index.html', app },
      output: {
        codeSplitting: {
          groups: [
            {
              debugName: 'texts',
              priority: 5,
              includeDependenciesRecursively: false,
              name: (id: string) => {
                const language = firstTexts.exec(id)?.[1];
                return language ? `desk-texts-${language}` : null;
              },
            },
            { name: 'desk-first', priority: 4, test: first },
            { name: 'desk', priority: 3, test: /app-desk[\\/]main\.tsx$/ },
            { name: 'desk-shell', priority: 2, test: /app-desk[\\/]shell\.tsx$/ },
            {
              name: 'desk-shared',
              priority: 1,
              test: /[\\/]web[\\/]src[\\/]/,
              minShareCount: 3,
              includeDependenciesRecursively: false,
            },
          ],
        },
      },
    },
  },
});
