import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { startFailedWords } from './start-failed.plugin.ts';

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

/** The desk. The engineer's app and the customer's pages have builds of their own: vite.field.config.ts, vite.customer.config.ts. */
export default defineConfig({
  plugins: [react(), entryFallback(), startFailedWords()],
  server: {
    host: '127.0.0.1',
    port: 5173,
    fs: { allow: ['..'] },
    proxy: { '/api': process.env.AFTERCARE_URL ?? 'http://127.0.0.1:8080' },
  },
  build: {
    target: ['chrome99', 'safari15.4', 'firefox115'],
    manifest: '.vite/manifest.json',
    rollupOptions: { input: { desk: 'index.html' } },
  },
});
