/** Builds the agents' page: one HTML file and hashed assets, nothing inline, as the server's policy demands. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = path.dirname(fileURLToPath(import.meta.url));

export default defineConfig({
  root: here,
  // The server completes the page's addresses, see server/src/http/assets.ts.
  base: './',
  publicDir: false,
  logLevel: 'warn',
  oxc: { jsx: { importSource: 'preact', runtime: 'automatic' } },
  resolve: { conditions: ['browser', 'module', 'import', 'default'] },
  build: {
    outDir: path.join(here, 'dist'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    cssMinify: 'lightningcss',
  },
});
