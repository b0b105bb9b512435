import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { startFailedWords } from './start-failed.plugin.ts';
import { twoScripts } from './vite.two-scripts.ts';

/** The texts of the engineer's screens; those of the desk, which nobody asks for here, stay files of their own. */
const ownTexts = new Set(['common', 'status', 'field', 'visits', 'errors_visits']);
const app = 'src/app-field/main.tsx';
/** What src/app-field/start.ts stands on. */
const first =
  /src[\\/](app-field[\\/](start|texts)|api[\\/]ahead|outbox[\\/]store|i18n[\\/]language)\.ts$|vite[\\/]preload-helper/;
/** Screens that nobody begins with are fetched when they are wanted. */
const later =
  /[\\/](me|outbox\.field|quote\.field|sign\.field|sign-form|signature-pad|keeping)\.tsx?$|node_modules[\\/]signature_pad/;

/**
 * The engineer's app, built apart: a phone that opens it without a signal asks its worker for each file, and that takes longer than
 * reading what is in them. So what it opens with is four files: the first lines, the app, its style, the texts of a language.
 */
export default defineConfig({
  plugins: [react(), startFailedWords(), twoScripts('/app-field/start.ts', '/app-field/main.tsx')],
  build: {
    target: ['chrome99', 'safari15.4', 'firefox115'],
    emptyOutDir: false,
    manifest: '.vite/manifest.field.json',
    chunkSizeWarningLimit: 600,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { field: 'field/index.html', app },
      output: {
        codeSplitting: {
          groups: [
            {
              debugName: 'texts',
              priority: 3,
              name: (id: string) => {
                const own = /texts[\\/]([\w-]+)[\\/](\w+)\.json$/.exec(id);
                if (own && ownTexts.has(own[2] ?? '')) return `texts-${own[1]}`;
                const together = /app-field[\\/]texts[\\/]([\w-]+)\.ts$/.exec(id);
                return together ? `texts-${together[1]}` : null;
              },
            },
            { name: 'first', priority: 2, test: first },
            { name: 'app', priority: 1, test: (id: string) => !later.test(id) && !/\.(json|html)$/.test(id) },
          ],
        },
      },
    },
  },
});
