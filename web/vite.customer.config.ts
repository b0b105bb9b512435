import { defineConfig } from 'vite';

/**
 * The customer's pages, built apart: the same source runs on Preact here, because React DOM alone (about 55 KB)
 * would use up the 60 KB a customer on a weak phone may be asked to load.
 */
export default defineConfig({
  resolve: {
    alias: {
      react: 'preact/compat',
      'react-dom/client': 'preact/compat/client',
      'react-dom': 'preact/compat',
      'react/jsx-runtime': 'preact/jsx-runtime',
    },
  },
  build: {
    target: ['chrome99', 'safari15.4', 'firefox115'],
    emptyOutDir: false,
    manifest: '.vite/manifest.customer.json',
    rollupOptions: { input: { customer: 'track/index.html' } },
  },
});
