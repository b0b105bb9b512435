import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The texts of the engineer's screens; those of the desk, which nobody asks for here, stay files of their own. */
const ownTexts = new Set(['common', 'status', 'field', 'visits', 'errors_visits']);

/**
 * The engineer's app, built apart: a phone that opens it without a signal asks its worker for each file, and that takes longer than
 * reading what is in them. What the desk would share with it stands in pieces of their own there; here its texts are one file per
 * language.
 */
export default defineConfig({
  plugins: [react()],
  build: {
    target: ['chrome99', 'safari15.4', 'firefox115'],
    emptyOutDir: false,
    manifest: '.vite/manifest.field.json',
    rollupOptions: {
      input: { field: 'field/index.html' },
      output: {
        codeSplitting: {
          groups: [
            {
              name: (id: string) => {
                const texts = /texts[\\/]([\w-]+)[\\/](\w+)\.json$/.exec(id);
                return texts && ownTexts.has(texts[2] ?? '') ? `texts-${texts[1]}` : null;
              },
            },
          ],
        },
      },
    },
  },
});
