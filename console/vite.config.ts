/** Builds the console: one HTML file and hashed assets. Nothing is inline, because the content security policy forbids it. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = path.dirname(fileURLToPath(import.meta.url));

export default defineConfig({
  root: here,
  // The server inserts the base path into the page, see server/src/http/assets.ts.
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
